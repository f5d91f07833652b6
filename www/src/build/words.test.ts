import { expect, test } from "vitest";
import type { BuildTotal, BuildView } from "../core";
import { added, count, sizeOf, summary, weight } from "./words";

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

test("numbers have units", () => {
  expect(count(1, "layer")).toBe("1 layer");
  expect(count(12_000, "step")).toBe("12,000 steps");
});

function view(total: Partial<BuildTotal>, compared = false): BuildView {
  const all = { steps: 4, layers: 3, bytes: 500, open: 0, again: 0, ...total };
  return { total: all, image: all, compared } as unknown as BuildView;
}

test("the summary says what the cache would do", () => {
  expect(summary(view({}))).toBe(
    "Build it, or choose “Compare from here”: then an edit shows which steps run again, and why.",
  );
  expect(summary(view({}, true))).toBe("A build now takes every layer from the cache.");
  expect(summary(view({ again: 1 }, true))).toBe(
    "A build now makes 1 layer again and takes 2 from the cache.",
  );
});

test("a size that is not known is not made up", () => {
  expect(added(view({}))).toEqual({ size: "500 B", rest: "on the base" });
  expect(added(view({ open: 1 }))).toEqual({ size: "500 B", rest: "and 1 unknown layer" });
  expect(added(view({ open: 3 }))).toEqual({ size: "–", rest: "no layer is known" });
  const layer = { files: [], more: 0, waste: 0 };
  expect(weight({ ...layer, bytes: 0 }, true)).toBe("0 B");
  expect(weight(layer, true)).toBe("size not known: the command was not run");
  expect(weight(layer, false)).toBe("size not known: nobody has seen these files");
});
