/** What a completion makes of the command line. */

import type { Completion } from "../core";

/** A command line and where the cursor is in it. */
export interface Completed {
  readonly line: string;
  readonly cursor: number;
}

/** The line with all that the candidates have in common; `undefined` without candidates. */
export function complete(line: string, { from, to, items }: Completion): Completed | undefined {
  const start = commonStart(items);
  if (start === undefined) {
    return undefined;
  }
  const known = line.slice(from, to);
  // Candidates that have nothing more in common must not take away what was typed.
  const text = start.length < known.length ? known : items.length === 1 ? finished(start) : start;
  return { line: line.slice(0, from) + text + line.slice(to), cursor: from + text.length };
}

/** A word that is complete is followed by a blank; a folder or `--name=` goes on. */
function finished(word: string): string {
  return /[ /=]$/.test(word) ? word : `${word} `;
}

function commonStart(items: readonly string[]): string | undefined {
  const [first, ...others] = items;
  if (first === undefined) {
    return undefined;
  }
  let end = first.length;
  for (const it of others) {
    while (!it.startsWith(first.slice(0, end))) {
      end -= 1;
    }
  }
  return first.slice(0, end);
}
