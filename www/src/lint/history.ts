/** What can be undone. What is typed in one go is one thing. */

import type { Source } from "./read";

/** The files before something was done. */
export interface Past {
  readonly files: ReadonlyMap<string, Source>;
  readonly open: string;
  /** What was done, as a person says it: `Replace by LABEL`. */
  readonly what: string;
}

/** What is typed. */
export const TYPING = "typing";

const MOST = 100;

/** The list with one thing more, the last one first. */
export function remember(past: readonly Past[], it: Past): readonly Past[] {
  const [last] = past;
  const goesOn = it.what === TYPING && last?.what === TYPING && last.open === it.open;
  return goesOn ? past : [it, ...past].slice(0, MOST);
}
