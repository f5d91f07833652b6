/** Applies the edits of a fix. */

/** One replacement. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** `text` with `edits`, the last one first, so that the offsets of the others stay true. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((it, edit) => it.slice(0, edit.from) + edit.text + it.slice(edit.to), text);
}

/** The one replacement that makes `after` of `before`, as short as it can be: what stands around it keeps its place. */
export function difference(before: string, after: string): { from: number; to: number; insert: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) {
    start++;
  }
  let end = 0;
  const left = most - start;
  while (
    end < left &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end++;
  }
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
