/** The linter's page: files on the left, what was found on the right. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { links, route } from "../state/route";
import { useParts } from "../ui/context";
import { Footer } from "../ui/Footer";
import { Cross } from "../ui/Icons";
import { Choosers } from "./Choosers";
import { LintDesk } from "./desk";
import { FilePane } from "./FilePane";
import { FoundPane } from "./FoundPane";
import { given } from "./read";
import { SharedLink } from "./SharedLink";
import "../../styles/lint.css";

let made: LintDesk | undefined;

/** The page. What is on it stays when one goes to another page and comes back. */
export function LintPage({ shared }: { shared: string | undefined }): JSX.Element {
  const { core } = useParts();
  made ??= new LintDesk(core);
  const desk = made;
  const isOver = useDrop(desk);
  return (
    <main class="lint" data-over={isOver.value}>
      <div class="lint-top">
        <div>
          <h1>Check a Dockerfile</h1>
          <p class="private">Nothing leaves this browser: files are read and checked on your device.</p>
        </div>
        <div class="row">
          {desk.isEmpty.value ? null : <Choosers desk={desk} />}
          {desk.past.value.length === 0 ? null : <Undo desk={desk} />}
          {desk.files.value.size === 0 ? null : (
            <button
              type="button"
              onClick={() => {
                desk.clear();
              }}
            >
              Start over
            </button>
          )}
        </div>
      </div>
      {shared === undefined ? null : (
        <SharedLink
          key={shared}
          packed={shared}
          load={(it) => {
            desk.load(it);
          }}
          close={() => {
            history.replaceState(null, "", links.lint);
            route.value = { kind: "lint", shared: undefined };
          }}
        />
      )}
      <Notes desk={desk} />
      <Broken desk={desk} />
      <div class="lint-panes">
        <FilePane desk={desk} />
        <FoundPane desk={desk} />
      </div>
      <Footer />
      <div class="drop" aria-hidden="true">
        <p>Drop to check</p>
      </div>
    </main>
  );
}

function Undo({ desk }: { desk: LintDesk }): JSX.Element {
  const what = desk.past.value[0]?.what ?? "";
  return (
    <button
      type="button"
      aria-label={`Undo ${what}`}
      title={`Undo ${what}`}
      onClick={() => {
        desk.undo();
      }}
    >
      Undo
    </button>
  );
}

function Notes({ desk }: { desk: LintDesk }): JSX.Element | null {
  const notes = desk.notes.value;
  if (notes.length === 0) {
    return null;
  }
  return (
    <div class="note lint-note">
      <ul>
        {notes.map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
      <button
        type="button"
        class="small"
        aria-label="Close the note"
        onClick={() => {
          desk.notes.value = [];
        }}
      >
        <Cross />
      </button>
    </div>
  );
}

function Broken({ desk }: { desk: LintDesk }): JSX.Element | null {
  const reason = desk.broken.value;
  if (reason === undefined) {
    return null;
  }
  return (
    <div class="note" data-severity="error" role="alert">
      <p>
        <b>The linter could not start.</b> It is a WebAssembly program of about 500 kB. {reason}
      </p>
      <p>
        Reload the page. If it stays so, the browser may be older than 2023, or a setting may block
        WebAssembly. <code>dockwright lint</code> does the same in a terminal.
      </p>
    </div>
  );
}

/** Files may be dropped, or pasted, anywhere on the page. */
function useDrop(desk: LintDesk): { readonly value: boolean } {
  const isOver = useSignal(false);
  useEffect(() => {
    const hasFiles = (it: DataTransfer | null): it is DataTransfer => it?.types.includes("Files") === true;
    // Before the editor: it would put the text of the file where the pointer is.
    const over = (event: DragEvent): void => {
      if (hasFiles(event.dataTransfer)) {
        event.preventDefault();
        event.stopPropagation();
        event.dataTransfer.dropEffect = "copy";
        isOver.value = true;
      }
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) {
        isOver.value = false;
      }
    };
    const takeFrom = (event: Event, data: DataTransfer | null): void => {
      isOver.value = false;
      if (hasFiles(data)) {
        event.preventDefault();
        event.stopPropagation();
        const read = given(data);
        void read().then((it) => desk.take(it));
      }
    };
    const drop = (event: DragEvent): void => {
      takeFrom(event, event.dataTransfer);
    };
    const paste = (event: ClipboardEvent): void => {
      takeFrom(event, event.clipboardData);
    };
    const capture = { capture: true };
    addEventListener("dragover", over, capture);
    addEventListener("dragleave", leave, capture);
    addEventListener("drop", drop, capture);
    addEventListener("paste", paste, capture);
    return () => {
      removeEventListener("dragover", over, capture);
      removeEventListener("dragleave", leave, capture);
      removeEventListener("drop", drop, capture);
      removeEventListener("paste", paste, capture);
    };
  }, [desk, isOver]);
  return isOver;
}
