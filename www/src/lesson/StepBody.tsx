/** One open step: text, choices, checks, notice, hints, and the way on. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useParts } from "../ui/context";
import { Circle, Cross, Info, Tick } from "../ui/Icons";
import { Prose, Words } from "../ui/Words";
import { MachineButtons } from "./MachineButtons";
import type { Step } from "./player";

/** The body of a step. */
export function StepBody({ step }: { step: Step }): JSX.Element {
  const { view } = step;
  switch (view.kind) {
    case "read":
      return (
        <>
          <Prose nodes={view.body} />
          <Onward step={step} />
        </>
      );
    case "predict":
    case "quiz":
      return (
        <>
          <Prose nodes={view.body} />
          <Choices step={step} />
          <Onward step={step} />
        </>
      );
    case "do":
    case "edit":
      return (
        <>
          <Prose nodes={view.body} />
          <Checks step={step} />
          <Onward step={step} />
          <Hints step={step} />
          <MachineButtons reset />
        </>
      );
  }
}

function Choices({ step }: { step: Step }): JSX.Element {
  const { player } = useParts();
  const { view, state } = step;
  return (
    <ul class="choices" aria-label="Choices">
      {view.choices.map((text, at) => {
        const answer = state.answers.findLast((it) => it.choice === at);
        const result = answer === undefined ? undefined : answer.correct ? "right" : "wrong";
        return (
          <li key={at} data-result={result}>
            <button
              type="button"
              disabled={answer !== undefined}
              onClick={() => {
                void player.answer(view.id, at);
              }}
            >
              <span class="mark">
                {result === undefined ? <Circle /> : result === "right" ? <Tick /> : <Cross />}
              </span>
              <span>
                <Words text={text} />
              </span>
            </button>
            {answer === undefined ? null : (
              <p class="because">
                <b>{answer.correct ? "Right." : "Not this one."}</b> <Words text={answer.because} />
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Checks({ step }: { step: Step }): JSX.Element {
  const { player } = useParts();
  const { view, state } = step;
  return (
    <>
      <ul class="checks" aria-label="What is checked">
        {state.checks.map((it) => (
          <li key={it.id} data-met={it.met}>
            {it.met ? <Tick /> : <Circle />}
            <span>
              <b>{it.met ? "Met:" : "Not yet:"}</b> <Words text={it.say} />
            </span>
          </li>
        ))}
      </ul>
      {state.notice === undefined ? null : (
        <div class="note" role="note">
          <Info />
          <p>
            <Words text={state.notice} />
          </p>
        </div>
      )}
      {state.done ? null : (
        <div class="row">
          <button
            type="button"
            class="primary"
            onClick={() => {
              void player.check(view.id);
            }}
          >
            Check my work
          </button>
          {state.hints.length < view.hints ? (
            <button
              type="button"
              onClick={() => {
                void player.hint(view.id);
              }}
            >
              {state.hints.length === 0
                ? "Show a hint"
                : `Hint ${String(state.hints.length + 1)} of ${String(view.hints)}`}
            </button>
          ) : null}
        </div>
      )}
    </>
  );
}

function Hints({ step }: { step: Step }): JSX.Element | null {
  const { view, state } = step;
  const exhausted = state.hints.length >= view.hints;
  if (state.hints.length === 0 && !(exhausted && view.hasSolution && !state.done)) {
    return null;
  }
  return (
    <div class="hints">
      {state.hints.length === 0 ? null : (
        <ol aria-label="Hints">
          {state.hints.map((it, at) => (
            <li key={at}>
              <span class="meta">
                Hint {at + 1} of {view.hints}
              </span>
              <Words text={it} />
            </li>
          ))}
        </ol>
      )}
      {exhausted && view.hasSolution && !state.done ? <Solution step={step} /> : null}
    </div>
  );
}

function Solution({ step }: { step: Step }): JSX.Element {
  const { player, desk } = useParts();
  const asked = useSignal(false);
  if (!asked.value) {
    return (
      <button
        type="button"
        class="small"
        onClick={() => {
          asked.value = true;
        }}
      >
        Show solution
      </button>
    );
  }
  return (
    <div class="confirm" role="group" aria-label="Show solution">
      <p>
        {step.view.kind === "edit"
          ? "Show the solution? It will be written into your file. Commands are typed for you; you still press Enter."
          : "Show the command? It will be typed for you. You still press Enter."}
      </p>
      <div class="row">
        <button
          type="button"
          class="small"
          onClick={() => {
            asked.value = false;
            void player.solution(step.view.id).then((lines) => {
              if (lines) {
                desk.toCommand();
              } else {
                desk.toEditor();
              }
            });
          }}
        >
          {step.view.kind === "edit" ? "Write it for me" : "Type it for me"}
        </button>
        <button
          type="button"
          class="small"
          onClick={() => {
            asked.value = false;
          }}
        >
          Not now
        </button>
      </div>
    </div>
  );
}

/** The way on, once a step is done. The focus goes along, because the button that was pressed is gone. */
function Onward({ step }: { step: Step }): JSX.Element | null {
  const { player } = useParts();
  const { state, view } = step;
  const last = player.lesson.value?.steps.at(-1)?.id === view.id;
  if (!state.done || last) {
    return null;
  }
  return (
    <div class="row">
      <button
        type="button"
        class="primary"
        onClick={() => {
          const next = player.goOn(view.id);
          requestAnimationFrame(() => {
            document.getElementById(`step-${next ?? ""}-title`)?.focus();
          });
        }}
      >
        Next step
      </button>
    </div>
  );
}
