/** What somebody may have meant. */

/** The word that is at most two letters away, the nearest one. */
export function nearest(word: string, all: readonly string[]): string | undefined {
  const most = word.length < 4 ? 1 : 2;
  return all
    .map((it) => [distance(word, it, most), it] as const)
    .filter(([far]) => far <= most)
    .sort(([a], [b]) => a - b)[0]?.[1];
}

/** How many letters must change. Words of very different length are not looked at. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) {
    return most + 1;
  }
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const here = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = a.charAt(row - 1) === b.charAt(column - 1) ? 0 : 1;
      here.push(
        Math.min((above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + change),
      );
    }
    above = here;
  }
  return above[b.length] ?? 0;
}
