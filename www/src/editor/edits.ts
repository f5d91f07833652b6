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
