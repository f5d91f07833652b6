/** The editor pane: the machine's files, one of them open. CodeMirror comes when the pane is seen; until then, and by choice, a text area. */

import { effect, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Finding } from "../core";
import { useParts } from "../ui/context";
import type { Editor } from "./codemirror";
import { applyEdits } from "./edits";
import { Findings } from "./Findings";

/** The pane. */
export function EditorPane(): JSX.Element {
  const { workspace, desk } = useParts();
  const rich = useSignal<Editor | undefined>(undefined);
  const area = useRef<HTMLTextAreaElement>(null);
  const host = useEditor(rich);
  const simple = desk.simple.value || rich.value === undefined;
  const select = (from: number, to: number): void => {
    if (!simple) {
      rich.value?.select(from, to);
    } else {
      area.current?.focus();
      area.current?.setSelectionRange(from, to);
    }
  };
  useEffect(
    () =>
      effect(() => {
        if (desk.wantEditor.value > 0) {
          requestAnimationFrame(() => {
            if (desk.simple.peek() || rich.peek() === undefined) {
              area.current?.focus();
            } else {
              rich.peek()?.focus();
            }
          });
        }
      }),
    [desk, rich],
  );
  useEffect(() =>
    effect(() => {
      const place = desk.wantPlace.value;
      if (place !== undefined) {
        requestAnimationFrame(() => {
          desk.wantPlace.value = undefined;
          select(place.from, place.to);
        });
      }
    }),
  );
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
      <div class="sheet-of-text" data-simple={simple}>
        <textarea
          ref={area}
          hidden={!simple}
          aria-label={`${workspace.open.value} editor`}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          translate={false}
          wrap="soft"
          value={workspace.text.value}
          onInput={(event) => {
            workspace.edit(event.currentTarget.value);
          }}
        />
        <div class="rich" ref={host} hidden={simple} />
      </div>
      <Findings
        goTo={(it: Finding) => {
          select(it.from, it.to);
        }}
        fix={(it: Finding) => {
          workspace.edit(applyEdits(workspace.text.value, it.fix?.edits ?? []));
        }}
      />
    </section>
  );
}

/** Loads CodeMirror when its place comes into view, and keeps it and the workspace the same. */
function useEditor(rich: { value: Editor | undefined; peek(): Editor | undefined }): {
  current: HTMLDivElement | null;
} {
  const { workspace, desk } = useParts();
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = host.current;
    const pane = place?.closest("section");
    if (place === null || pane === null || pane === undefined) {
      return;
    }
    let gone = false;
    let stop = (): void => undefined;
    const load = async (): Promise<void> => {
      const { mount } = await import("./codemirror");
      if (gone) {
        return;
      }
      const label = (): string => `${workspace.open.value} editor`;
      const editor = mount(place, {
        text: workspace.text.peek(),
        label: `${workspace.open.peek()} editor`,
        changed: (text) => {
          workspace.edit(text);
        },
      });
      rich.value = editor;
      const stopText = effect(() => {
        editor.setText(workspace.text.value, label());
      });
      const stopMarks = effect(() => {
        const analyzed = workspace.analyzed.value;
        if (analyzed !== undefined) {
          editor.show(analyzed);
        }
      });
      stop = () => {
        stopText();
        stopMarks();
        editor.dispose();
        rich.value = undefined;
      };
    };
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((it) => it.isIntersecting) && !desk.simple.peek()) {
        observer.disconnect();
        // Without it, the text area stays.
        load().catch(() => undefined);
      }
    });
    observer.observe(pane);
    return () => {
      gone = true;
      observer.disconnect();
      stop();
    };
  }, [workspace, desk, rich]);
  return host;
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
