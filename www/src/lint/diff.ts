/** What changes between two texts, in whole lines. */

import { type Change, diff } from "@codemirror/merge";

/** A line of a hunk. */
export interface Line {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Lines that change, with some around them. */
export interface Hunk {
  /** The number of its first line in the text before, from 1. */
  readonly line: number;
  readonly lines: readonly Line[];
}

/** More different lines are not told apart: below the code units that go in pairs. */
const MOST = 0xd7ff;

/** The hunks, with up to `around` lines around what changes. */
export function hunks(before: string, after: string, around = 2): readonly Hunk[] {
  const a = before.split("\n");
  const b = after.split("\n");
  const close = (one: Change, next: Change): boolean => next.fromA - one.toA <= 2 * around;
  const groups: Change[][] = [];
  for (const it of changes(a, b)) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && close(last, it)) {
      group.push(it);
    } else {
      groups.push([it]);
    }
  }
  return groups.map((group) => hunk(group, a, b, around));
}

function hunk(group: readonly Change[], a: readonly string[], b: readonly string[], around: number): Hunk {
  const of = (kind: Line["kind"], texts: readonly string[]): Line[] => texts.map((text) => ({ kind, text }));
  const start = Math.max(0, (group[0]?.fromA ?? 0) - around);
  const lines: Line[] = [];
  let at = start;
  for (const { fromA, toA, fromB, toB } of group) {
    lines.push(
      ...of("same", a.slice(at, fromA)),
      ...of("removed", a.slice(fromA, toA)),
      ...of("added", b.slice(fromB, toB)),
    );
    at = toA;
  }
  // What follows the last line break of a file is no line.
  const end = a.at(-1) === "" ? a.length - 1 : a.length;
  lines.push(...of("same", a.slice(at, Math.min(at + around, end))));
  return { line: start + 1, lines };
}

/** The lines that change: each line is one letter of a text, and texts are compared. */
function changes(a: readonly string[], b: readonly string[]): readonly Change[] {
  const letters = new Map<string, string>();
  const write = (lines: readonly string[]): string =>
    lines
      .map((it) => {
        const letter = letters.get(it) ?? String.fromCharCode(Math.min(letters.size, MOST));
        letters.set(it, letter);
        return letter;
      })
      .join("");
  return diff(write(a), write(b));
}
