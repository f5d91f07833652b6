/** All lessons, by unit, with what was done. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { LessonSummary } from "../core";
import { progress } from "../state/progress";
import { links } from "../state/route";
import { useParts } from "../ui/context";
import { Footer } from "../ui/Footer";
import { Tick } from "../ui/Icons";
import { Words } from "../ui/Words";

/** The course map. */
export function Course(): JSX.Element {
  const { player } = useParts();
  useEffect(() => {
    player.list().catch(() => undefined);
  }, [player]);
  const lessons = player.lessons.value;
  return (
    <main class="page course">
      <h1>Lessons</h1>
      <p class="lead">All lessons are open. The order is advice.</p>
      {lessons === undefined ? (
        <p role="status">Reading the list…</p>
      ) : (
        units(lessons).map(([unit, list]) => (
          <section key={unit}>
            <h2>{unit}</h2>
            <ol class="map">
              {list.map((it) => (
                <Entry key={it.id} lesson={it} />
              ))}
            </ol>
          </section>
        ))
      )}
      <Footer />
    </main>
  );
}

function Entry({ lesson }: { lesson: LessonSummary }): JSX.Element {
  const known = progress.value.lessons[lesson.id];
  const steps = Object.values(known?.steps ?? {}).filter((it) => it.done).length;
  const complete = known?.complete === true;
  return (
    <li data-done={complete}>
      <span class="station" aria-hidden="true">
        {complete ? <Tick /> : lesson.number}
      </span>
      <div>
        <h3>
          <a href={links.lesson(lesson.id)}>{lesson.title}</a>
        </h3>
        <p>
          <Words text={lesson.summary} />
        </p>
        <p class="meta">
          {lesson.minutes} minutes
          {complete
            ? " · done"
            : steps > 0
              ? ` · ${String(steps)} ${steps === 1 ? "step" : "steps"} done`
              : ""}
        </p>
      </div>
    </li>
  );
}

function units(lessons: readonly LessonSummary[]): readonly (readonly [string, readonly LessonSummary[]])[] {
  const found = new Map<string, LessonSummary[]>();
  for (const it of lessons) {
    found.set(it.unit, [...(found.get(it.unit) ?? []), it]);
  }
  return [...found];
}
