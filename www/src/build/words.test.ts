import { expect, test } from "vitest";
import type { BuildView } from "../core";
import { sizeOf, summary } from "./words";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1 kB"],
  [1234, "1.23 kB"],
  [117_000_000, "117 MB"],
  [2_500_000_000, "2.5 GB"],
])("%d bytes", (bytes, expected) => {
  expect(sizeOf(bytes)).toBe(expected);
});

function view(reused: readonly (boolean | undefined)[], open = false): BuildView {
  const steps = reused.map((it) => ({
    lines: [1, 1],
    text: "RUN x",
    trigger: false,
    layer: { bytes: 500, files: [], more: 0, waste: 0 },
    cache: it === undefined ? undefined : { reused: it, reason: "x" },
  }));
  const stages = [{ name: "stage 0", line: 1, needed: true, target: true, steps }];
  const compared = reused.some((it) => it !== undefined);
  return { stages, bytes: 500 * reused.length, open, hidden: [], compared } as unknown as BuildView;
}

test("the summary counts steps and layers, and what the cache has of them", () => {
  expect(summary(view([undefined]))).toBe(
    "1 step, 1 layer, 500 B on top of the base. Build it, or choose “Compare from here”: then an edit shows which steps run again, and why.",
  );
  expect(summary(view([true, true]))).toBe(
    "2 steps, 2 layers, 1 kB on top of the base. A build now takes every layer from the cache.",
  );
  expect(summary(view([true, false], true))).toBe(
    "2 steps, 2 layers, at least 1 kB on top of the base. A build now makes 1 layer again and takes 1 from the cache.",
  );
});
