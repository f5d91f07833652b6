/** The lesson that is open: its view, its state, and which step is looked at. */

import { batch, computed, signal } from "@preact/signals";
import type { Core, LessonState, LessonSummary, LessonView, Profile, StepState, StepView } from "../core";
import { announce } from "../state/announce";
import { recordProgress } from "../state/progress";
import type { Workspace } from "../state/workspace";
import type { SimulatedShell } from "../terminal/simulated";

/** A step and how it stands. */
export interface Step {
  readonly view: StepView;
  readonly state: StepState;
  readonly number: number;
  /** The core says so, and a text that is only read has been left. */
  readonly done: boolean;
  readonly current: boolean;
}

/** Plays lessons on the simulated machine. */
export class Player {
  readonly lessons = signal<readonly LessonSummary[] | undefined>(undefined);
  readonly lesson = signal<LessonView | undefined>(undefined);
  readonly state = signal<LessonState | undefined>(undefined);
  /** The step whose text is open. It changes only when the learner asks. */
  readonly shown = signal<string | undefined>(undefined);
  /** Steps that are only read, and have been left. The core counts them as done from the start. */
  readonly read = signal<ReadonlySet<string>>(new Set());
  readonly profile = signal<Profile>("20.10");
  /** Lines of a solution that are still to be typed. */
  readonly upcoming = signal<readonly string[]>([]);
  readonly steps = computed(() => joinSteps(this.lesson.value, this.state.value, this.read.value));
  readonly #core: Core;
  readonly #workspace: Workspace;
  readonly #shell: () => SimulatedShell;
  #opening = 0;

  constructor(core: Core, workspace: Workspace, shell: () => SimulatedShell) {
    this.#core = core;
    this.#workspace = workspace;
    this.#shell = shell;
  }

  /** Reads the list of lessons. */
  async list(): Promise<void> {
    this.lessons.value = await this.#core.call("lessons");
  }

  /** Opens a lesson, or without one the sandbox. */
  async open(id: string | undefined): Promise<boolean> {
    const opening = ++this.#opening;
    if (this.lesson.value?.id !== id) {
      batch(() => {
        this.lesson.value = undefined;
        this.state.value = undefined;
      });
    }
    const lesson = await this.#core.call("open", id);
    if (opening !== this.#opening) {
      return true;
    }
    if (id !== undefined && lesson === undefined) {
      return false;
    }
    const snapshot = await this.#core.call("snapshot");
    batch(() => {
      this.#workspace.forget();
      this.lesson.value = lesson;
      this.state.value = snapshot.state;
      this.read.value = new Set();
      this.shown.value = lesson?.steps[0]?.id;
      this.profile.value = snapshot.profile;
      this.upcoming.value = [];
      this.#shell().reset(snapshot.prompt);
    });
    await this.#workspace.take(snapshot.files);
    return true;
  }

  /** Reads how the lesson stands, after anything that may have changed it. */
  async refresh(): Promise<void> {
    const snapshot = await this.#core.call("snapshot");
    this.#take(snapshot.state);
    this.profile.value = snapshot.profile;
    const { screen } = this.#shell();
    if (!screen.running.value) {
      screen.prompt.value = snapshot.prompt;
    }
    await this.#workspace.take(snapshot.files);
  }

  /** Leaves `step` for the one after it, whose id is the answer. */
  goOn(step: string): string | undefined {
    const steps = this.lesson.value?.steps ?? [];
    const at = steps.findIndex((it) => it.id === step);
    batch(() => {
      this.read.value = new Set([...this.read.value, step]);
      this.shown.value = steps[at + 1]?.id;
    });
    return this.shown.value;
  }

  /** Answers a question. */
  async answer(step: string, choice: number): Promise<void> {
    this.#take(await this.#core.call("answer", step, choice));
    const answer = this.state.value?.steps.find((it) => it.id === step)?.answers.at(-1);
    if (answer !== undefined) {
      announce(`${answer.correct ? "Right." : "Not this one."} ${answer.because}`);
    }
  }

  /** Shows one hint more. */
  async hint(step: string): Promise<void> {
    this.#take(await this.#core.call("hint", step));
    const hint = this.state.value?.steps.find((it) => it.id === step)?.hints.at(-1);
    if (hint !== undefined) {
      announce(`Hint: ${hint}`);
    }
  }

  /** Writes a step's solution into the files, and types its lines one at a time; whether there are lines. */
  async solution(step: string): Promise<boolean> {
    await this.#workspace.flush();
    const lines = await this.#core.call("solution", step);
    this.upcoming.value = lines;
    this.typeNext();
    await this.refresh();
    return lines.length > 0;
  }

  /** Types the next line of a solution, if one is left. */
  typeNext(): void {
    const [line, ...rest] = this.upcoming.value;
    if (line !== undefined) {
      this.upcoming.value = rest;
      this.#shell().screen.draft.value = line;
    }
  }

  async undo(): Promise<void> {
    await this.#workspace.flush();
    await this.#turnBack(
      await this.#core.call("undo"),
      "Undone. The machine is as it was before the last change.",
    );
  }

  async redo(): Promise<void> {
    await this.#workspace.flush();
    await this.#turnBack(await this.#core.call("redo"), "Done again.");
  }

  async resetStep(): Promise<void> {
    await this.#workspace.flush();
    await this.#core.call("resetStep");
    await this.#turnBack(true, "The step is as it was when it began.");
  }

  /** Says how the step stands. */
  async check(step: string): Promise<void> {
    await this.#workspace.flush();
    await this.refresh();
    const checks = this.state.value?.steps.find((it) => it.id === step)?.checks ?? [];
    const open = checks.find((it) => !it.met);
    announce(open === undefined ? "All met." : `Not yet: ${plainText(open.say)}.`);
  }

  async #turnBack(happened: boolean, text: string): Promise<void> {
    if (happened) {
      this.upcoming.value = [];
      this.#shell().screen.running.value = false;
      this.#shell().screen.secret.value = false;
      this.#shell().screen.note(text);
      announce(text);
      await this.refresh();
      this.shown.value = this.state.value?.current;
    }
  }

  #take(next: LessonState | undefined): void {
    const before = this.state.value;
    this.state.value = next;
    const lesson = this.lesson.value;
    if (next === undefined || lesson === undefined) {
      return;
    }
    recordProgress(lesson.id, next);
    const told = news(lesson, before, next);
    if (told !== undefined) {
      announce(told);
    }
  }
}

/** What has happened between two states, for the polite status. */
function news(lesson: LessonView, before: LessonState | undefined, next: LessonState): string | undefined {
  const was = (id: string): StepState | undefined => before?.steps.find((it) => it.id === id);
  const done = next.steps.findIndex((it) => it.done && was(it.id)?.done === false);
  if (done >= 0) {
    const following = lesson.steps.find((it) => it.id === next.current);
    const then = next.complete ? "The lesson is complete." : `Next: ${following?.title ?? ""}.`;
    return `Step ${String(done + 1)} done. ${then}`;
  }
  const noticed = next.steps.find((it) => it.notice !== undefined && it.notice !== was(it.id)?.notice);
  if (noticed?.notice !== undefined) {
    return plainText(noticed.notice);
  }
  const met = next.steps
    .flatMap((it) => it.checks.filter((check) => check.met).map((check) => ({ step: it.id, check })))
    .find(({ step, check }) => was(step)?.checks.find((it) => it.id === check.id)?.met === false);
  return met === undefined ? undefined : `Met: ${plainText(met.check.say)}.`;
}

function plainText(text: string): string {
  return text.replaceAll("`", "").replace(/[.]$/, "");
}

function joinSteps(
  lesson: LessonView | undefined,
  state: LessonState | undefined,
  read: ReadonlySet<string>,
): readonly Step[] {
  return (lesson?.steps ?? []).flatMap((view, at) => {
    const found = state?.steps.find((it) => it.id === view.id);
    if (found === undefined) {
      return [];
    }
    const done = found.done && (view.kind !== "read" || read.has(view.id));
    return [{ view, state: found, number: at + 1, done, current: state?.current === view.id && !found.done }];
  });
}
