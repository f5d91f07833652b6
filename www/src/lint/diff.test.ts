import { expect, test } from "vitest";
import { hunks } from "./diff";

const SIGNS = { same: " ", removed: "-", added: "+" } as const;

function show(before: string, after: string): string[] {
  return hunks(before, after).map(
    ({ line, lines }) => `${String(line)}: ${lines.map((it) => SIGNS[it.kind] + it.text).join("|")}`,
  );
}

test.each([
  ["a\nb\n", "a\nb\n", []],
  ["a\nb\nc\n", "a\nB\nc\n", ["1:  a|-b|+B| c"]],
  ["a\n", "a\nb\n", ["1:  a|+b"]],
  ["a\nb\n", "b\n", ["1: -a| b"]],
  ["1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\nx\n3\n4\n5\n6\n7\ny\n9\n", ["1:  1|-2|+x| 3| 4", "6:  6| 7|-8|+y| 9"]],
  ["1\n2\n3\n4\n5\n", "x\n2\n3\n4\ny\n", ["1: -1|+x| 2| 3| 4|-5|+y"]],
])("%j to %j", (before, after, expected) => {
  expect(show(before, after)).toEqual(expected);
});
