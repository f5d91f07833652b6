/** Which steps were done, kept in this browser. */

import { signal } from "@preact/signals";
import type { LessonState } from "../core";
import { keep, recall } from "./storage";

/** What is kept of a step. */
export interface StepProgress {
  readonly done: boolean;
  readonly withHelp: boolean;
}

/** What is kept of a lesson. */
export interface LessonProgress {
  readonly complete: boolean;
  readonly steps: Readonly<Record<string, StepProgress>>;
}

/** The file, as it is kept. */
export interface Progress {
  readonly format: "dockwright-progress/1";
  readonly lessons: Readonly<Record<string, LessonProgress>>;
}

const KEY = "dockwright-progress/1";

/** All progress. */
export const progress = signal<Progress>(readProgress(recall(KEY)));

/** Adds what a lesson's state says; what was done before stays done. */
export function recordProgress(lesson: string, state: LessonState): void {
  // Another tab may have written since.
  const kept = merged(readProgress(recall(KEY)), progress.value);
  const next = withState(kept, lesson, state);
  if (JSON.stringify(next) !== JSON.stringify(progress.value)) {
    progress.value = next;
    keep(KEY, next);
  }
}

/** What either has: what is done stays done. */
export function merged(one: Progress, other: Progress): Progress {
  const lessons: Record<string, LessonProgress> = { ...one.lessons };
  for (const [id, lesson] of Object.entries(other.lessons)) {
    const known = lessons[id];
    const done = Object.entries(lesson.steps).filter(([step]) => known?.steps[step]?.done !== true);
    lessons[id] = {
      complete: lesson.complete || known?.complete === true,
      steps: { ...known?.steps, ...Object.fromEntries(done) },
    };
  }
  return { ...one, lessons };
}

/** `before` and what `state` adds. */
export function withState(before: Progress, lesson: string, state: LessonState): Progress {
  const old = before.lessons[lesson];
  const steps: Record<string, StepProgress> = { ...old?.steps };
  for (const { id, done, withHelp } of state.steps) {
    const known = steps[id];
    if (done && known?.done !== true) {
      steps[id] = { done, withHelp };
    }
  }
  if (old === undefined && Object.keys(steps).length === 0) {
    return before;
  }
  const complete = state.complete || old?.complete === true;
  return { ...before, lessons: { ...before.lessons, [lesson]: { complete, steps } } };
}

/** Reads what was kept; anything unexpected counts as nothing. */
export function readProgress(kept: unknown): Progress {
  const lessons: Record<string, LessonProgress> = {};
  if (isRecord(kept) && kept["format"] === "dockwright-progress/1" && isRecord(kept["lessons"])) {
    for (const [id, lesson] of Object.entries(kept["lessons"])) {
      if (isRecord(lesson)) {
        lessons[id] = { complete: lesson["complete"] === true, steps: readSteps(lesson["steps"]) };
      }
    }
  }
  return { format: "dockwright-progress/1", lessons };
}

function readSteps(kept: unknown): Record<string, StepProgress> {
  const steps: Record<string, StepProgress> = {};
  for (const [id, step] of Object.entries(isRecord(kept) ? kept : {})) {
    if (isRecord(step)) {
      steps[id] = { done: step["done"] === true, withHelp: step["withHelp"] === true };
    }
  }
  return steps;
}

function isRecord(it: unknown): it is Record<string, unknown> {
  return typeof it === "object" && it !== null && !Array.isArray(it);
}
