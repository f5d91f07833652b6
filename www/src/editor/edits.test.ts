import { expect, test } from "vitest";
import { applyEdits } from "./edits";

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
