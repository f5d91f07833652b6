import { expect, test } from "vitest";
import { plain, spans } from "./ansi";

test.each([
  ["plain", [{ text: "plain", classes: [] }]],
  [
    "\x1b[31mred\x1b[0m.",
    [
      { text: "red", classes: ["ansi-red"] },
      { text: ".", classes: [] },
    ],
  ],
  ["\x1b[1;94mx", [{ text: "x", classes: ["ansi-bold", "ansi-blue"] }]],
  ["\x1b[38;5;31mx", [{ text: "x", classes: [] }]],
  [
    "a\u202eb",
    [
      { text: "a", classes: [] },
      { text: "U+202E", classes: ["hidden-char"] },
      { text: "b", classes: [] },
    ],
  ],
])("%j", (text, expected) => {
  expect(spans(text)).toEqual(expected);
});

test.each([
  ["a\rb\n", "b\n"],
  ["10%\r20%\r100%\n", "100%\n"],
  ["a\r\nb\r\n", "a\nb\n"],
  ["done\r", "done"],
  ["\x1b]52;c;cm0gLXJm\x07ok", "ok"],
  ["\x1b]8;;javascript:alert(1)\x1b\\link\x1b]8;;\x1b\\", "link"],
  ["\x1b]0;title", ""],
  ["\x1b[2Jcleared\x1b[H", "cleared"],
  ["bell\x07 and null\0", "bell and null"],
])("%j becomes %j", (text, expected) => {
  expect(plain(text)).toBe(expected);
});

test("a very long line is cut", () => {
  expect(plain("x".repeat(20_000))).toHaveLength(10_001);
});
