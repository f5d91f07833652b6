import { expect, test } from "vitest";
import { type Past, remember, TYPING } from "./history";

const past = (what: string, open = "Dockerfile"): Past => ({ files: new Map(), open, what });

test("what is typed in one go is one thing", () => {
  let all: readonly Past[] = [];
  for (const it of [past(TYPING), past(TYPING), past("a repair"), past(TYPING), past(TYPING, "other")]) {
    all = remember(all, it);
  }
  expect(all.map((it) => `${it.what} in ${it.open}`)).toEqual([
    "typing in other",
    "typing in Dockerfile",
    "a repair in Dockerfile",
    "typing in Dockerfile",
  ]);
});

test("the oldest things are forgotten", () => {
  let all: readonly Past[] = [];
  for (let at = 0; at < 150; at++) {
    all = remember(all, past(String(at)));
  }
  expect([all.length, all[0]?.what, all.at(-1)?.what]).toEqual([100, "149", "50"]);
});
