import { expect, test } from "vitest";
import { lines, rangeOf } from "./lines";

const TEXT = "FROM a\nRUN b \\\n  c\nCMD d";

test.each([
  [1, 1, "FROM a"],
  [2, 3, "RUN b \\\n  c"],
  [4, 4, "CMD d"],
  [4, 9, "CMD d"],
  [9, 9, "CMD d"],
])("lines %d to %d", (first, last, expected) => {
  const { from, to } = rangeOf(TEXT, [first, last]);
  expect(TEXT.slice(from, to)).toBe(expected);
});

test("an empty line and an empty text", () => {
  expect(rangeOf("a\n\nb", [2, 2])).toEqual({ from: 2, to: 2 });
  expect(rangeOf("", [1, 1])).toEqual({ from: 0, to: 0 });
});

test("lines in words", () => {
  expect(lines([3, 3])).toBe("line 3");
  expect(lines([3, 5])).toBe("lines 3–5");
});
