/** Long output is folded: its beginning and its end are shown. */

/** Output of more lines than this is folded. */
export const FOLD = 40;
const HEAD = 20;
const TAIL = 10;
const MOST = 5000;

/** What is shown of a text. */
export interface Folded {
  readonly head: string;
  readonly hidden: number;
  readonly tail: string;
}

/** The parts of `text`; with `all`, nothing is hidden, as far as a page can show it. */
export function folded(text: string, all: boolean): Folded {
  const lines = text.split("\n");
  if (lines.length <= FOLD) {
    return { head: text, hidden: 0, tail: "" };
  }
  if (all) {
    return { head: lines.slice(-MOST).join("\n"), hidden: 0, tail: "" };
  }
  return {
    head: lines.slice(0, HEAD).join("\n"),
    hidden: lines.length - HEAD - TAIL,
    tail: lines.slice(-TAIL).join("\n"),
  };
}
