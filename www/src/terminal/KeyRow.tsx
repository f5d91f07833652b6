/** Keys for phones, above the command line: words and characters that are far away on a touch keyboard. */

import type { JSX } from "preact";

const WORDS = ["docker", "images", "run", "pull"] as const;
const CHARACTERS = ["-", "/", ":"] as const;

/** What the keys do. */
export interface Keys {
  readonly insert: (text: string) => void;
  readonly complete: () => void;
  readonly earlier: () => void;
}

/** The row. */
export function KeyRow({ insert, complete, earlier }: Keys): JSX.Element {
  const key = (label: string, press: () => void, name?: string): JSX.Element => (
    <button key={label} type="button" aria-label={name} onClick={press}>
      {label}
    </button>
  );
  return (
    <div class="keyrow" role="group" aria-label="Keys">
      {WORDS.map((it) =>
        key(it, () => {
          insert(`${it} `);
        }),
      )}
      {CHARACTERS.map((it) =>
        key(
          it,
          () => {
            insert(it);
          },
          { "-": "minus", "/": "slash", ":": "colon" }[it],
        ),
      )}
      {key("Tab", complete, "Tab: complete")}
      {key("↑", earlier, "Earlier command")}
    </div>
  );
}
