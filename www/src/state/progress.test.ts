import { describe, expect, test } from "vitest";
import type { LessonState } from "../core";
import { merged, readProgress, withState } from "./progress";

const none = { format: "dockwright-progress/1", lessons: {} } as const;

function state(done: readonly boolean[], complete = false): LessonState {
  const steps = done.map((it, at) => ({
    id: `s${String(at)}`,
    done: it,
    withHelp: false,
    checks: [],
    hints: [],
    answers: [],
  }));
  return { current: "s0", complete, steps, canUndo: false, canRedo: false };
}

describe("readProgress", () => {
  test.each([
    [undefined],
    [null],
    [[]],
    ["x"],
    [{ format: "dockwright-progress/9", lessons: {} }],
    [{ lessons: 3 }],
  ])("%j is nothing", (kept) => {
    expect(readProgress(kept)).toEqual(none);
  });

  test("what was written is read", () => {
    const kept = withState(none, "a", state([true, false]));
    expect(readProgress(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });
});

describe("withState", () => {
  test("a lesson that was only opened leaves no trace", () => {
    expect(withState(none, "a", state([false, false]))).toBe(none);
  });

  test("what was done stays done when the lesson is opened again", () => {
    const finished = withState(none, "a", state([true, true], true));
    expect(withState(finished, "a", state([false, false]))).toEqual(finished);
  });
});

test("two tabs lose nothing of each other", () => {
  const done = { done: true, withHelp: false };
  const open = { done: false, withHelp: false };
  const one = { ...none, lessons: { a: { complete: true, steps: { x: done } } } };
  const other = {
    ...none,
    lessons: { a: { complete: false, steps: { x: open, y: done } }, b: { complete: false, steps: {} } },
  };
  expect(merged(one, other)).toEqual({
    ...none,
    lessons: { a: { complete: true, steps: { x: done, y: done } }, b: { complete: false, steps: {} } },
  });
});
