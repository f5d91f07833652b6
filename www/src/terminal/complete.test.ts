import { expect, test } from "vitest";
import { complete } from "./complete";

test.each([
  ["dock", { from: 0, to: 4, items: ["docker "] }, { line: "docker ", cursor: 7 }],
  ["docker p", { from: 7, to: 8, items: ["pull ", "push "] }, { line: "docker pu", cursor: 9 }],
  ["docker ", { from: 7, to: 7, items: ["build ", "run "] }, { line: "docker ", cursor: 7 }],
  ["docker pul", { from: 7, to: 10, items: ["pull"] }, { line: "docker pull ", cursor: 12 }],
  ["docker run --na", { from: 11, to: 15, items: ["--name="] }, { line: "docker run --name=", cursor: 18 }],
  ["cat sr", { from: 4, to: 6, items: ["src/"] }, { line: "cat src/", cursor: 8 }],
  ["x", { from: 0, to: 1, items: [] }, undefined],
])("%j", (line, completion, expected) => {
  expect(complete(line, completion)).toEqual(expected);
});
