/** What is reported: the findings of some files. */

import type { Finding } from "../../core";

/** The findings of one file. */
export interface Report {
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  /** How many there are behind these. */
  readonly more: number;
  /** What comments silence. */
  readonly silenced: readonly Finding[];
  /** Whether codes are hadolint's. */
  readonly isHadolint: boolean;
}

/** Where a place is, for people and programs: lines and characters from 1. */
export class Lines {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    this.#starts = [0, ...[...text.matchAll(/\n/g)].map((it) => it.index + 1)];
  }

  /** The line, and how many characters, not UTF-16 units, stand before the place in it. */
  at(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    const before = this.#text.slice(this.#starts[low], offset);
    return { line: low + 1, column: Array.from(before).length + 1 };
  }
}
