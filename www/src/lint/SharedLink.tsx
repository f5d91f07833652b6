/** A link was opened: what it holds is shown, and nothing is done with it before somebody says so. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { type Shared, unpack } from "./share";
import { plural } from "./words";

/** The question. */
export function SharedLink({ packed, load, close }: SharedLinkProps): JSX.Element {
  const shared = useSignal<Shared | undefined>(undefined);
  const wrong = useSignal<string | undefined>(undefined);
  useEffect(() => {
    unpack(packed).then(
      (it) => {
        shared.value = it;
      },
      (error: unknown) => {
        wrong.value = error instanceof Error ? error.message : String(error);
      },
    );
  }, [packed, shared, wrong]);
  if (wrong.value !== undefined) {
    return (
      <div class="note" data-severity="error" role="alert">
        <p>{wrong.value}</p>
        <button type="button" class="small" onClick={close}>
          Close
        </button>
      </div>
    );
  }
  const it = shared.value;
  if (it === undefined) {
    return <p role="status">Unpacking the link…</p>;
  }
  return (
    <section class="shared" aria-labelledby="shared-title">
      <h2 id="shared-title">A link with {plural(it.files.length, "file")}</h2>
      <p>
        Somebody sent {names(it)} in a link. Nothing is checked until you choose Load; what is open now can be
        had back with Undo.
      </p>
      <details>
        <summary>View as text</summary>
        {it.files.map(([path, text]) => (
          <figure key={path}>
            <figcaption>{visible(path)}</figcaption>
            <pre tabIndex={0} translate={false}>
              <code>{visible(text)}</code>
            </pre>
          </figure>
        ))}
      </details>
      <div class="row">
        <button
          type="button"
          class="primary"
          onClick={() => {
            load(it);
            close();
          }}
        >
          Load
        </button>
        <button type="button" onClick={close}>
          Discard
        </button>
      </div>
    </section>
  );
}

interface SharedLinkProps {
  readonly packed: string;
  readonly load: (it: Shared) => void;
  readonly close: () => void;
}

function names({ files }: Shared): string {
  const said = files.map(
    ([path, text]) => `${visible(path)} (${plural(text.trimEnd().split("\n").length, "line")})`,
  );
  return said.length < 2 ? (said[0] ?? "") : `${said.slice(0, -1).join(", ")} and ${said.at(-1) ?? ""}`;
}

/** Signs that turn the direction of text, or have no width, are written out: they can hide what a text says. */
export function visible(text: string): string {
  const hidden = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
  return text.replaceAll(hidden, (it) => `⟨U+${it.charCodeAt(0).toString(16).toUpperCase()}⟩`);
}
