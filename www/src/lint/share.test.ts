import { expect, test } from "vitest";
import { pack, type Shared, unpack } from "./share";

const SHARED: Shared = {
  files: [
    ["Dockerfile", "FROM debian:13\n# 🐳\n"],
    ["dockwright.toml", 'preset = "strict"\n'],
  ],
  preset: "hadolint",
};

test("what is packed comes out", async () => {
  const text = await pack(SHARED);
  expect(text).toMatch(/^1d\.[\w-]+$/);
  expect(await unpack(text)).toEqual(SHARED);
  const plain: Shared = { ...SHARED, preset: undefined };
  const compression = globalThis.CompressionStream;
  Object.assign(globalThis, { CompressionStream: undefined });
  const unpacked = await pack(plain);
  Object.assign(globalThis, { CompressionStream: compression });
  expect(unpacked).toMatch(/^1p\./);
  expect(await unpack(unpacked)).toEqual(plain);
});

test("what is too long is not packed", async () => {
  const noise = Array.from({ length: 9_000 }, (_, at) => String(Math.imul(at, 2_654_435_761))).join("\n");
  await expect(pack({ files: [["Dockerfile", noise]], preset: undefined })).rejects.toThrow(
    /^This is too long for a link: \d+ kB packed, and a link takes 32 kB\./,
  );
  await expect(pack({ files: [["Dockerfile", "a".repeat(300_000)]], preset: undefined })).rejects.toThrow(
    "293 kB of text, and a link takes 256 kB",
  );
});

test.each([
  ["1d.AAAA", /damaged/],
  ["1d", /damaged/],
  ["1p.e30", /no files/],
  ["1p.W10", /no files/],
  ["2d.AAAA", /newer version/],
  ["x".repeat(40_000), /too long/],
])("%s is no link", async (text, expected) => {
  await expect(unpack(text)).rejects.toThrow(expected);
});

test("a small link does not fill the memory", async () => {
  const bytes = new TextEncoder().encode("a".repeat(5_000_000));
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const packed = String.fromCharCode(...new Uint8Array(await new Response(stream).arrayBuffer()));
  await expect(
    unpack(`1d.${btoa(packed).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`),
  ).rejects.toThrow("unpacks to more than 256 kB");
});
