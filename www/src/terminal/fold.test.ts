import { expect, test } from "vitest";
import { folded } from "./fold";

const lines = (count: number): string => Array.from({ length: count }, (_, at) => String(at)).join("\n");

test("40 lines are shown, 41 are folded", () => {
  expect(folded(lines(40), false)).toEqual({ head: lines(40), hidden: 0, tail: "" });
  const { head, hidden, tail } = folded(lines(41), false);
  expect(hidden).toBe(11);
  expect(head.split("\n").length + hidden + tail.split("\n").length).toBe(41);
  expect(tail.endsWith("40")).toBe(true);
});

test("on request all lines are shown, up to what a page can show", () => {
  expect(folded(lines(100), true).head).toBe(lines(100));
  expect(folded(lines(6000), true).head.split("\n")).toHaveLength(5000);
});
