/** One command and its output. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Chunk } from "../core";
import { useParts } from "../ui/context";
import { Words } from "../ui/Words";
import { spans } from "./ansi";
import { FOLD, folded } from "./fold";
import type { Entry, Transfer } from "./screen";

/** The entry. */
export function EntryView({ entry }: { entry: Entry }): JSX.Element {
  const { simulated } = useParts();
  const { prompt, command, chunks, transfers, exit, done } = entry;
  const waiting = !done && chunks.length === 0 && !simulated.ready.value;
  return (
    <div class="entry">
      {prompt === "" ? null : (
        <p class="line">
          <span class="prompt">{prompt}</span>
          {command}
        </p>
      )}
      {waiting ? <Note text="Starting the simulator…" /> : null}
      <Output chunks={chunks} label={command === "" ? "Output" : `Output of ${command}`} />
      {transfers.length === 0 ? null : <Transfers list={transfers} />}
      {done && exit !== undefined && exit !== 0 ? <p class="exit">exit status {exit}</p> : null}
    </div>
  );
}

interface Run {
  readonly kind: Chunk["kind"];
  readonly text: string;
}

/** Output and errors as blocks, our notes between them. Errors are sentences and wrap; lists keep their columns. */
function Output({ chunks, label }: { chunks: readonly Chunk[]; label: string }): JSX.Element {
  return (
    <>
      {runs(chunks).map(({ kind, text }, at) =>
        kind === "note" ? (
          <Note key={at} text={text} />
        ) : (
          <Block key={at} text={text} label={label} wrap={kind === "stderr"} />
        ),
      )}
    </>
  );
}

/** A line that one stream has begun is not torn apart by the other. */
function runs(chunks: readonly Chunk[]): readonly Run[] {
  const found: Run[] = [];
  for (const { kind, text } of chunks) {
    const last = found.at(-1);
    const goesOn = last !== undefined && last.kind !== "note" && kind !== "note";
    if (goesOn && (last.kind === kind || !last.text.endsWith("\n"))) {
      found[found.length - 1] = { kind: last.kind, text: last.text + text };
    } else {
      found.push({ kind, text });
    }
  }
  return found;
}

function Block({ text, label, wrap }: { text: string; label: string; wrap: boolean }): JSX.Element | null {
  const all = useSignal(false);
  const { head, hidden, tail } = folded(text.replace(/\n$/, ""), all.value);
  if (text.trim() === "") {
    return null;
  }
  return (
    <>
      <Pre text={head} label={label} wrap={wrap} />
      {hidden === 0 ? null : (
        <>
          <button
            type="button"
            class="small fold"
            onClick={() => {
              all.value = true;
            }}
          >
            Show {hidden} more lines
          </button>
          <Pre text={tail} label={`${label}, end`} wrap={wrap} />
        </>
      )}
      {all.value ? (
        <button
          type="button"
          class="small fold"
          onClick={() => {
            all.value = false;
          }}
        >
          Show fewer than {FOLD} lines
        </button>
      ) : null}
    </>
  );
}

function Pre({ text, label, wrap }: { text: string; label: string; wrap: boolean }): JSX.Element {
  return (
    <pre tabIndex={0} role="group" aria-label={label} class={wrap ? "wraps" : undefined}>
      {spans(text).map((it, at) =>
        it.classes.length === 0 ? (
          it.text
        ) : (
          <span key={at} class={it.classes.join(" ")}>
            {it.text}
          </span>
        ),
      )}
    </pre>
  );
}

function Note({ text }: { text: string }): JSX.Element {
  return (
    <p class="said">
      <b>Dockwright:</b> <Words text={text.trim()} />
    </p>
  );
}

function Transfers({ list }: { list: readonly Transfer[] }): JSX.Element {
  return (
    <ul class="transfers" aria-label="Progress">
      {list.map(({ id, text, current, total }) => (
        <li key={id}>
          <code>{id}</code> <span>{text}</span>{" "}
          {total === 0 || current >= total ? null : (
            <meter min={0} max={total} value={current} aria-label={`${id}: ${text}`} />
          )}
        </li>
      ))}
    </ul>
  );
}
