/** A lesson or the sandbox: text on the left, files and reasons above, the terminal below. On a phone, three tabs. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { EditorPane } from "../editor/EditorPane";
import { LessonColumn } from "../lesson/LessonColumn";
import { SandboxColumn } from "../lesson/SandboxColumn";
import { PANES, type Pane } from "../state/desk";
import { links } from "../state/route";
import { TerminalPane } from "../terminal/TerminalPane";
import { useParts } from "./context";
import { Reasons } from "./Reasons";

/** The workplace, with a lesson or without. */
export function Workplace({ lesson }: { lesson: string | undefined }): JSX.Element {
  const { player, desk } = useParts();
  const missing = useSignal(false);
  const broken = useSignal<string | undefined>(undefined);
  useEffect(() => {
    desk.showPane(lesson === undefined ? "terminal" : "lesson");
    desk.reason.value = "why";
    player.open(lesson).then(
      (found) => {
        missing.value = !found;
      },
      (error: unknown) => {
        broken.value = error instanceof Error ? error.message : String(error);
      },
    );
  }, [lesson, player, desk, missing, broken]);
  if (missing.value) {
    return <NoLesson />;
  }
  return (
    <main class="workplace" data-pane={desk.pane.value}>
      <h1 class="vh other-pane">
        {lesson === undefined ? "Sandbox" : (player.lesson.value?.title ?? "Lesson")}
      </h1>
      <div class="column" data-of="lesson">
        {broken.value === undefined ? null : <Broken reason={broken.value} />}
        {lesson === undefined ? <SandboxColumn /> : <LessonColumn />}
      </div>
      <div class="upper" data-of="files">
        <EditorPane />
        <Reasons />
      </div>
      <TerminalPane />
      <Tabs />
    </main>
  );
}

function NoLesson(): JSX.Element {
  return (
    <main class="page">
      <h1>There is no such lesson</h1>
      <p>
        All lessons are on <a href={links.course}>Lessons</a>.
      </p>
    </main>
  );
}

function Broken({ reason }: { reason: string }): JSX.Element {
  return (
    <div class="note" data-severity="error" role="alert">
      <p>
        <b>The simulator could not start.</b> It is a WebAssembly program of about 500 kB. {reason}
      </p>
      <p>
        Reload the page. If it stays so, the browser may be too old, or a setting may block WebAssembly. The
        lesson's text can still be read.
      </p>
    </div>
  );
}

const NAMES: Record<Pane, string> = { lesson: "Lesson", files: "Files", terminal: "Terminal" };

function Tabs(): JSX.Element {
  const { desk } = useParts();
  return (
    <nav class="tabs" aria-label="Panes">
      {PANES.map((it) => (
        <button
          key={it}
          type="button"
          aria-current={desk.pane.value === it ? "true" : undefined}
          onClick={() => {
            desk.showPane(it);
            // The pane is there after the next drawing. The terminal fills the window, the others begin at their top.
            requestAnimationFrame(() => {
              scrollTo({ top: it === "terminal" ? document.body.scrollHeight : 0 });
            });
          }}
        >
          {NAMES[it]}
          {it === "terminal" && desk.unseen.value ? (
            <>
              <span class="dot" aria-hidden="true">
                ●
              </span>
              <span class="vh">, new output</span>
            </>
          ) : null}
        </button>
      ))}
    </nav>
  );
}
