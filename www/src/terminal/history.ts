/** Earlier command lines, and where Up and Down are in them. */

const LIMIT = 500;

/** The lines of one terminal, for this visit only: what is typed is not stored. */
export class History {
  #lines: string[] = [];
  #at = 0;
  #draft = "";

  /** Adds a line that was run, and goes back to the end. */
  add(line: string): void {
    if (line.trim() !== "" && this.#lines.at(-1) !== line) {
      this.#lines = [...this.#lines, line].slice(-LIMIT);
    }
    this.#at = this.#lines.length;
    this.#draft = "";
  }

  /** The line before; `current` is what stands in the command line now. */
  earlier(current: string): string | undefined {
    if (this.#at === 0) {
      return undefined;
    }
    if (this.#at === this.#lines.length) {
      this.#draft = current;
    }
    this.#at -= 1;
    return this.#lines[this.#at];
  }

  /** The line after; after the last one, what was being typed. */
  later(): string | undefined {
    if (this.#at >= this.#lines.length) {
      return undefined;
    }
    this.#at += 1;
    return this.#lines[this.#at] ?? this.#draft;
  }

  /** The newest line that contains `text`. */
  find(text: string): string | undefined {
    return this.#lines.findLast((it) => it.includes(text));
  }
}
