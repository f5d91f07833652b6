/** What a screen reader is told: one polite status, with messages of the same second put together. */

import { signal } from "@preact/signals";

/** The status that is read. */
export const announced = signal("");

let pending: string[] = [];

/** Says `text` soon. */
export function announce(text: string): void {
  pending.push(text);
  if (pending.length === 1) {
    setTimeout(() => {
      const said = [...new Set(pending)].join(" ");
      pending = [];
      // The same words again are only read when the text changes.
      announced.value = said === announced.value ? `${said}\u00a0` : said;
    }, 300);
  }
}
