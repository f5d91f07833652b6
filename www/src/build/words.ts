/** The words of the build pane. */

import type { BuildLayer, BuildView } from "../core";

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** A size as `docker` writes it: units of 1000, three digits. */
export function sizeOf(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = Number(value.toPrecision(3));
  return `${String(digits)} ${UNITS[unit] ?? "B"}`;
}

/** What the cache would do, in one sentence. */
export function summary({ compared, total }: BuildView): string {
  if (!compared) {
    return "Build it, or choose “Compare from here”: then an edit shows which steps run again, and why.";
  }
  const { again, layers } = total;
  return again === 0
    ? "A build now takes every layer from the cache."
    : `A build now makes ${count(again, "layer")} again and takes ${String(layers - again)} from the cache.`;
}

/** What a layer weighs, or why nobody knows. */
export function weight({ bytes }: BuildLayer, runs: boolean): string {
  if (bytes !== undefined) {
    return sizeOf(bytes);
  }
  return runs ? "size not known: the command was not run" : "size not known: nobody has seen these files";
}

/** What the image is on top of its base, and what is not known of it. */
export function added({ image }: BuildView): { readonly size: string; readonly rest: string } {
  const { bytes, open, layers } = image;
  if (open === 0) {
    return { size: sizeOf(bytes), rest: "on the base" };
  }
  return open === layers
    ? { size: "–", rest: "no layer is known" }
    : { size: sizeOf(bytes), rest: `and ${count(open, "unknown layer")}` };
}

/** `1 layer`, `2 layers`. */
export function count(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${number.toLocaleString("en")} ${what}s`;
}
