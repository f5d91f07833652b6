/** Files as a link: all is behind the `#`, which a browser sends to nobody. A link is data; opening it runs nothing. */

/** What a link holds. */
export interface Shared {
  readonly files: readonly (readonly [path: string, text: string])[];
  readonly preset: string | undefined;
}

/** Why there is no link, or nothing in it, for people. */
export class ShareError extends Error {}

/** So many characters a link has at most, and so many characters of text may come out of one. */
export const MAX_PACKED = 32 * 1024;
const MAX_UNPACKED = 256 * 1024;

/** The version stands first; a letter says how the rest is packed: deflated, or plain. */
const FORM = /^1([dp])\.([A-Za-z0-9_-]+)$/;

/** Whether a fragment behind `#/lint/` is a link's, of this version or another one. */
export function isShared(text: string): boolean {
  return /^\d+[a-z]\./.test(text);
}

/** The part of a link behind `#/lint/`. */
export async function pack({ files, preset }: Shared): Promise<string> {
  const bytes = new TextEncoder().encode(
    JSON.stringify({ f: files, ...(preset === undefined ? {} : { p: preset }) }),
  );
  if (bytes.length > MAX_UNPACKED) {
    throw tooLong(`${kilobytes(bytes.length)} of text, and a link takes ${kilobytes(MAX_UNPACKED)}`);
  }
  const packed =
    typeof CompressionStream === "undefined"
      ? `1p.${toBase64(bytes)}`
      : `1d.${toBase64(await through(bytes, new CompressionStream("deflate-raw"), Number.POSITIVE_INFINITY))}`;
  if (packed.length > MAX_PACKED) {
    throw tooLong(`${kilobytes(packed.length)} packed, and a link takes ${kilobytes(MAX_PACKED)}`);
  }
  return packed;
}

/** What is in a link. */
export async function unpack(text: string): Promise<Shared> {
  if (text.length > MAX_PACKED) {
    throw new ShareError(`This link is too long: a link has ${kilobytes(MAX_PACKED)} at most.`);
  }
  const [, form, data] = FORM.exec(text) ?? [];
  if (form === undefined || data === undefined) {
    throw new ShareError(
      /^\d+[a-z]\./.test(text) && !text.startsWith("1")
        ? "This link was made by a newer version. Reload the page to get that one."
        : "This link is damaged: a part of it is missing, or was changed on its way.",
    );
  }
  if (form === "d" && typeof DecompressionStream === "undefined") {
    throw new ShareError("This browser cannot unpack the link. One of 2023 or later can.");
  }
  try {
    const bytes = fromBase64(data);
    const plain =
      form === "d" ? await through(bytes, new DecompressionStream("deflate-raw"), MAX_UNPACKED) : bytes;
    return checked(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plain)));
  } catch (error) {
    if (error instanceof ShareError) {
      throw error;
    }
    throw new ShareError("This link is damaged: a part of it is missing, or was changed on its way.");
  }
}

function checked(it: unknown): Shared {
  const { f, p } = (it ?? {}) as Record<string, unknown>;
  const isFile = (file: unknown): file is [string, string] =>
    Array.isArray(file) && file.length === 2 && file.every((part) => typeof part === "string");
  if (!Array.isArray(f) || f.length === 0 || !f.every(isFile) || (p !== undefined && typeof p !== "string")) {
    throw new ShareError("This link holds no files.");
  }
  return { files: f, preset: p };
}

function tooLong(why: string): ShareError {
  return new ShareError(
    `This is too long for a link: ${why}. Download the file or the report, and send that.`,
  );
}

function kilobytes(count: number): string {
  return `${(count / 1024).toFixed(count < 10_240 ? 1 : 0)} kB`;
}

/** Sends bytes through a stream; what comes out has a limit, so that a small link cannot fill the memory. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new ShareError(`This link unpacks to more than ${kilobytes(most)}, and is not opened.`);
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (it) => it.charCodeAt(0));
}
