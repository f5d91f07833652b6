/** The page: header, the place that the URL names, and what is said aloud. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { Connect } from "../connect/Connect";
import { Course } from "../lesson/Course";
import { announced } from "../state/announce";
import { links, type Route, route } from "../state/route";
import { blocked } from "../state/storage";
import { useParts } from "./context";
import { Header } from "./Header";
import { Help } from "./Help";
import { LintPlace } from "./LintPlace";
import { Start } from "./Start";
import { Workplace } from "./Workplace";

/** The whole page. */
export function App(): JSX.Element {
  const { player } = useParts();
  const place = route.value;
  useEffect(() => {
    document.title = `${title(place, player.lesson.value?.title)} · Dockwright`;
  });
  return (
    <>
      <Skip />
      <Header />
      <Banner />
      <Place place={place} />
      <div class="vh" role="status" aria-live="polite">
        {announced.value}
      </div>
    </>
  );
}

function Place({ place }: { place: Route }): JSX.Element {
  switch (place.kind) {
    case "start":
      return <Start />;
    case "course":
      return <Course />;
    case "lesson":
      return <Workplace key={place.id} lesson={place.id} />;
    case "sandbox":
      return <Workplace key="" lesson={undefined} />;
    case "lint":
      return <LintPlace shared={place.shared} />;
    case "connect":
      return <Connect />;
    case "help":
      return <Help />;
    case "unknown":
      return <Lost path={place.path} />;
  }
}

function title(place: Route, lesson: string | undefined): string {
  switch (place.kind) {
    case "start":
      return "Learn how Docker images work";
    case "course":
      return "Lessons";
    case "lesson":
      return lesson ?? "Lesson";
    case "sandbox":
      return "Sandbox";
    case "lint":
      return "Linter";
    case "connect":
      return "My Docker";
    case "help":
      return "Help";
    case "unknown":
      return "Not found";
  }
}

function Skip(): JSX.Element | null {
  const { desk } = useParts();
  const { kind } = route.value;
  if (kind !== "lesson" && kind !== "sandbox" && kind !== "lint") {
    return null;
  }
  return (
    <div class="skips">
      <button
        type="button"
        onClick={() => {
          desk.toEditor();
        }}
      >
        Skip to editor
      </button>
      {kind === "lint" ? (
        <button
          type="button"
          onClick={() => {
            document.getElementById("findings-title")?.focus();
          }}
        >
          Skip to findings
        </button>
      ) : (
        <button
          type="button"
          onClick={() => {
            desk.toCommand();
          }}
        >
          Skip to command line
        </button>
      )}
    </div>
  );
}

function Banner(): JSX.Element | null {
  const closed = useSignal(false);
  if (!blocked.value || closed.value) {
    return null;
  }
  return (
    <div class="banner" role="status">
      <p>This browser does not let the page store anything. Progress is kept until you close this page.</p>
      <button
        type="button"
        class="small"
        onClick={() => {
          closed.value = true;
        }}
      >
        Close
      </button>
    </div>
  );
}

function Lost({ path }: { path: string }): JSX.Element {
  return (
    <main class="page">
      <h1>There is no such page</h1>
      <p>
        Nothing is at <code>{path}</code>. All lessons are on <a href={links.course}>Lessons</a>.
      </p>
    </main>
  );
}
