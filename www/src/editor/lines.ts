/** Lines of a text. */

/** The offsets of the first and the last character of some lines, which are counted from 1. */
export function rangeOf(
  text: string,
  [first, last]: readonly [number, number],
): { from: number; to: number } {
  let from = 0;
  for (let line = 1; line < first; line++) {
    const end = text.indexOf("\n", from);
    if (end < 0) {
      break;
    }
    from = end + 1;
  }
  let to = from;
  for (let line = first; line <= last; line++) {
    const end = text.indexOf("\n", line === first ? to : to + 1);
    to = end < 0 ? text.length : end;
  }
  return { from, to };
}

/** `line 3` or `lines 3–4`. */
export function lines([first, last]: readonly [number, number]): string {
  return first === last ? `line ${String(first)}` : `lines ${String(first)}–${String(last)}`;
}
