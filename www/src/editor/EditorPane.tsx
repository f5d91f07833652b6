/** The editor pane: the machine's files, one of them open, with its findings. */

import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import type { Finding } from "../core";
import { useParts } from "../ui/context";
import { applyEdits } from "./edits";
import { Findings } from "./Findings";
import { TextEditor } from "./TextEditor";

/** The pane. */
export function EditorPane(): JSX.Element {
  const { workspace, desk } = useParts();
  const label = useComputed(() => `${workspace.open.value} editor`);
  return (
    <section class="pane editor" aria-labelledby="editor-title">
      <div class="head">
        <h2 id="editor-title">
          <Files />
        </h2>
        <p class="tip">
          <kbd>Esc</kbd> then <kbd>Tab</kbd> leaves the editor
        </p>
      </div>
      <TextEditor
        text={workspace.text}
        label={label}
        analyzed={workspace.analyzed}
        place={desk.wantPlace}
        focus={desk.wantEditor}
        edit={(text) => {
          workspace.edit(text);
        }}
      />
      <Findings
        goTo={(it: Finding) => {
          desk.wantPlace.value = { from: it.from, to: it.to };
        }}
        fix={(it: Finding) => {
          workspace.edit(applyEdits(workspace.text.value, it.fix?.edits ?? []));
        }}
      />
    </section>
  );
}

function Files(): JSX.Element {
  const { workspace } = useParts();
  const names = Object.keys(workspace.files.value);
  if (names.length < 2) {
    return <>{workspace.open.value}</>;
  }
  return (
    <span class="files" role="group" aria-label="Files">
      {names.map((it) => (
        <button
          key={it}
          type="button"
          class="file"
          aria-pressed={it === workspace.open.value}
          onClick={() => {
            void workspace.show(it);
          }}
        >
          {it}
        </button>
      ))}
    </span>
  );
}
