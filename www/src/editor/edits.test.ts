import { expect, test } from "vitest";
import { applyEdits, difference } from "./edits";

test.each([
  ["abc", [], "abc"],
  ["MAINTAINER Jo", [{ from: 0, to: 10, text: "LABEL" }], "LABEL Jo"],
  [
    "a b c",
    [
      { from: 0, to: 1, text: "first" },
      { from: 4, to: 5, text: "last" },
    ],
    "first b last",
  ],
  ["RUN x", [{ from: 5, to: 5, text: " y" }], "RUN x y"],
])("%j", (text, edits, expected) => {
  expect(applyEdits(text, edits)).toBe(expected);
});

test.each([
  ["a", "a", { from: 1, to: 1, insert: "" }],
  ["", "ab", { from: 0, to: 0, insert: "ab" }],
  ["FROM a\nRUN b\n", "FROM a\nRUN c\n", { from: 11, to: 12, insert: "c" }],
  ["aa", "aaa", { from: 2, to: 2, insert: "a" }],
  ["aaa", "aa", { from: 2, to: 3, insert: "" }],
])("from %j to %j", (before, after, expected) => {
  const it = difference(before, after);
  expect(it).toEqual(expected);
  expect(before.slice(0, it.from) + it.insert + before.slice(it.to)).toBe(after);
});
