/** Why a rule is there. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Words } from "../ui/Words";
import { docsOf } from "./rules";

/** The rule's documentation, fetched when somebody asks for it. */
export function Why({ code, aliases = [] }: { code: string; aliases?: readonly string[] }): JSX.Element {
  const [docs, setDocs] = useState<string>();
  const [hasFailed, setHasFailed] = useState(false);
  const open = async (): Promise<void> => {
    try {
      setHasFailed(false);
      setDocs(await docsOf(code));
    } catch {
      setHasFailed(true);
    }
  };
  return (
    <details
      onToggle={(event) => {
        if (event.currentTarget.open && docs === undefined) {
          void open();
        }
      }}
    >
      <summary>Why</summary>
      {docs === undefined ? (
        <p role="status">
          {hasFailed ? "The explanation could not be fetched. Close this and open it again." : "Reading…"}
        </p>
      ) : (
        <>
          <Docs text={docs} />
          {aliases.length === 0 ? null : <p class="meta">Elsewhere it is called {aliases.join(", ")}.</p>}
        </>
      )}
    </details>
  );
}

/** The rule's documentation: paragraphs and code blocks. */
function Docs({ text }: { text: string }): JSX.Element {
  const parts = text.split(/^ *```[^\n]*\n([\s\S]*?)^ *```$/m);
  return (
    <div class="docs">
      {parts.map((part, at) =>
        at % 2 === 1 ? (
          <pre key={at} tabIndex={0}>
            <code>{part.replaceAll(/^#[ ^].*\n?/gm, "").trimEnd()}</code>
          </pre>
        ) : (
          part
            .split(/\n\s*\n/)
            .filter((it) => it.trim() !== "")
            .map((it) => (
              <p key={it}>
                <Words text={it.trim().replaceAll(/\s*\n\s*/g, " ")} />
              </p>
            ))
        ),
      )}
    </div>
  );
}
