/** Files that are dropped or chosen, as texts; with a word about what was left out. */

import { kindOf } from "./kinds";

/** A file that was given, with its path below what was given. */
export interface Given {
  readonly path: string;
  readonly file: File;
  /** Whether it was given itself, not only a folder that it is in. */
  readonly direct: boolean;
}

/** A text. Lines end with `\n`; whether they had another end is kept for when the file is written. */
export interface Source {
  readonly text: string;
  readonly crlf: boolean;
}

/** Files, and what was left out. */
export interface Taken {
  readonly files: readonly (readonly [path: string, source: Source])[];
  readonly notes: readonly string[];
}

/** A larger file is linted while nobody types, and without colours. */
export const HUGE = 1 << 20;
/** A larger file is not read. */
const MAX_BYTES = 10 << 20;
/** As many files are opened at once. */
const MAX_FILES = 50;
/** As many are looked at in folders. */
const MAX_SEEN = 5_000;
/** Folders in which nobody looks for Dockerfiles. */
const SKIPPED = new Set([".git", "node_modules", "vendor", "target", "__pycache__", ".venv"]);

/** The files of a drop or a paste. It must be called while the event is handled; the folders are read later. */
export function given(data: DataTransfer): () => Promise<readonly Given[]> {
  const entries = [...data.items].flatMap((it) => it.webkitGetAsEntry() ?? []);
  if (entries.length > 0) {
    return () => walk(entries);
  }
  const files = [...data.files];
  return () => Promise.resolve(chosen(files));
}

/** The files that were chosen. */
export function chosen(files: Iterable<File>): readonly Given[] {
  return [...files].map((file) => {
    const path = file.webkitRelativePath;
    return path === "" ? { path: file.name, file, direct: true } : { path: below(path), file, direct: false };
  });
}

/** Without the folder that was chosen: it is the top. */
function below(path: string): string {
  return path.slice(path.indexOf("/") + 1);
}

async function walk(entries: readonly FileSystemEntry[]): Promise<readonly Given[]> {
  const found: Given[] = [];
  // One folder is the top; among others it is one of them.
  const top = entries.length === 1 && entries[0]?.isDirectory === true ? entries[0].fullPath : "";
  const open = [...entries];
  let seen = 0;
  for (let entry = open.shift(); entry !== undefined && seen < MAX_SEEN; entry = open.shift()) {
    seen++;
    const path = entry.fullPath.slice(top.length).replace(/^\//, "");
    if (isFile(entry)) {
      const direct = entries.includes(entry);
      if (direct || kindOf(path) !== undefined) {
        found.push({ path, file: await fileOf(entry), direct });
      }
    } else if (isFolder(entry) && !SKIPPED.has(entry.name)) {
      open.push(...(await childrenOf(entry)));
    }
  }
  return found;
}

function isFile(it: FileSystemEntry): it is FileSystemFileEntry {
  return it.isFile;
}

function isFolder(it: FileSystemEntry): it is FileSystemDirectoryEntry {
  return it.isDirectory;
}

function fileOf(it: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    it.file(resolve, reject);
  });
}

async function childrenOf(it: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = it.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // It gives a hundred at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0 || all.length > MAX_SEEN) {
      return all;
    }
    all.push(...some);
  }
}

/** Reads what is of concern. */
export async function take(all: readonly Given[]): Promise<Taken> {
  const files: (readonly [string, Source])[] = [];
  const notes: string[] = [];
  // What was given itself is a Dockerfile, whatever it is called. In a folder, the name decides.
  const wanted = all.filter((it) => it.direct || kindOf(it.path) !== undefined);
  if (wanted.length === 0) {
    notes.push(
      all.length === 0
        ? "No file was found there."
        : "No Dockerfile was found there. A single file is taken whatever it is called.",
    );
  }
  if (wanted.length > MAX_FILES) {
    notes.push(
      `${String(wanted.length)} files were found, and the first ${String(MAX_FILES)} are opened. For more, run dockwright lint in a terminal.`,
    );
  }
  for (const { path, file } of wanted.slice(0, MAX_FILES)) {
    const read = await readText(path, file);
    if (typeof read === "string") {
      notes.push(read);
    } else {
      files.push([path, read]);
    }
  }
  return { files, notes };
}

/** The text of a file, or why it is none. */
async function readText(path: string, file: File): Promise<Source | string> {
  if (file.size > MAX_BYTES) {
    return `${path} was left out: it has ${megabytes(file.size)}, and the page reads 10 MB. Run dockwright lint in a terminal.`;
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return `${path} was left out: it is UTF-16, and Docker reads UTF-8. Save it as UTF-8.`;
  }
  if (bytes.includes(0)) {
    return `${path} was left out: it is not a text.`;
  }
  try {
    // The mark at the start stays: builders see it too.
    return sourceOf(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return `${path} was left out: it is not UTF-8.`;
  }
}

/** A text as the editor has it. */
export function sourceOf(text: string): Source {
  return { text: text.replaceAll(/\r\n?/g, "\n"), crlf: text.includes("\r\n") };
}

/** The text as the file has it. */
export function written({ text, crlf }: Source): string {
  return crlf ? text.replaceAll("\n", "\r\n") : text;
}

/** `3.2 MB` */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
