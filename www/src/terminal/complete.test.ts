import { expect, test } from "vitest";
import { complete } from "./complete";

test.each([
  ["dock", { from: 0, to: 4, items: ["docker "] }, { line: "docker ", cursor: 7 }],
  ["docker p", { from: 7, to: 8, items: ["pull ", "push "] }, { line: "docker pu", cursor: 9 }],
  ["docker ", { from: 7, to: 7, items: ["build ", "run "] }, { line: "docker ", cursor: 7 }],
  ["a b c", { from: 2, to: 3, items: ["bb"] }, { line: "a bb c", cursor: 4 }],
  ["x", { from: 0, to: 1, items: [] }, undefined],
])("%j", (line, completion, expected) => {
  expect(complete(line, completion)).toEqual(expected);
});
