/** A lesson's text: title, objectives and the rail of steps. */

import type { JSX } from "preact";
import { links } from "../state/route";
import { useParts } from "../ui/context";
import { Footer } from "../ui/Footer";
import { Arrow, Tick } from "../ui/Icons";
import { Prose, Words } from "../ui/Words";
import type { Step } from "./player";
import { StepBody } from "./StepBody";

/** The column. */
export function LessonColumn(): JSX.Element {
  const { player, desk } = useParts();
  const lesson = player.lesson.value;
  if (lesson === undefined) {
    return (
      <section class="lesson" aria-label="Lesson">
        <p role="status">Opening the lesson…</p>
      </section>
    );
  }
  return (
    <section class="lesson" aria-labelledby="lesson-title">
      <p class="crumb">
        {lesson.unit} <span aria-hidden="true">·</span> Lesson {lesson.number} of {lesson.total}
      </p>
      <h1 class="title" id="lesson-title">
        <Words text={lesson.title} />
      </h1>
      <Prose nodes={lesson.intro} />
      {desk.mode.value === "real" ? (
        <div class="note" role="note">
          <p>
            The checks look at the simulated machine. In My Docker you can try the same commands; to finish
            steps, switch to Simulated.
          </p>
        </div>
      ) : null}
      <ol class="steps">
        {player.steps.value.map((step) => (
          <Station key={step.view.id} step={step} />
        ))}
      </ol>
      {player.state.value?.complete === true ? <Finished /> : null}
      <Footer />
    </section>
  );
}

function Station({ step }: { step: Step }): JSX.Element {
  const { player } = useParts();
  const { view, done, number, current } = step;
  const open = player.shown.value === view.id;
  const body = `step-${view.id}`;
  return (
    <li data-state={done ? "done" : current ? "now" : "later"} data-open={open}>
      <span class="station" aria-hidden="true">
        {done ? <Tick /> : number}
      </span>
      <h2>
        <button
          type="button"
          class="plain"
          id={`${body}-title`}
          aria-expanded={open}
          aria-controls={body}
          aria-current={current ? "step" : undefined}
          onClick={() => {
            player.shown.value = open ? undefined : view.id;
          }}
        >
          {done ? <span class="vh">Done: </span> : null}
          <Words text={view.title} />
        </button>
      </h2>
      <div id={body} class="body" hidden={!open}>
        {open ? <StepBody step={step} /> : null}
      </div>
    </li>
  );
}

function Finished(): JSX.Element {
  const { player } = useParts();
  const lesson = player.lesson.value;
  const next = player.lessons.value?.find((it) => it.number === (lesson?.number ?? 0) + 1);
  return (
    <div class="finished">
      <p>
        <b>Lesson complete.</b> All steps are done.
      </p>
      {next === undefined ? (
        <a class="button primary" href={links.course}>
          All lessons <Arrow />
        </a>
      ) : (
        <a class="button primary" href={links.lesson(next.id)}>
          Next: {next.title} <Arrow />
        </a>
      )}
    </div>
  );
}
