import { expect, test } from "vitest";
import { parseRoute } from "./route";

test.each([
  ["", { kind: "start" }],
  ["#/", { kind: "start" }],
  ["#/learn", { kind: "course" }],
  ["#/learn/", { kind: "course" }],
  ["#/learn/override-argument", { kind: "lesson", id: "override-argument" }],
  ["#/sandbox", { kind: "sandbox" }],
  ["#/lint", { kind: "lint", shared: undefined }],
  ["#/lint/", { kind: "lint", shared: undefined }],
  ["#/lint/1d.a-b_c", { kind: "lint", shared: "1d.a-b_c" }],
  ["#/connect", { kind: "connect" }],
  ["#/help", { kind: "help" }],
  ["#/learn/../etc", { kind: "unknown", path: "/learn/../etc" }],
  ["#/nowhere", { kind: "unknown", path: "/nowhere" }],
])("%s", (hash, expected) => {
  expect(parseRoute(hash)).toEqual(expected);
});
