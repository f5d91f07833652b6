/** The words of the build pane. */

import type { BuildView } from "../core";

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

/** What the build comes to, in one or two sentences. */
export function summary(build: BuildView): string {
  const steps = build.stages.flatMap((it) => it.steps);
  const layers = steps.filter((it) => it.layer !== undefined);
  const size = build.open ? `at least ${sizeOf(build.bytes)}` : sizeOf(build.bytes);
  const first = `${count(steps.length, "step")}, ${count(layers.length, "layer")}, ${size} on top of the base.`;
  if (!build.compared) {
    return `${first} Build it, or choose “Compare from here”: then an edit shows which steps run again, and why.`;
  }
  const again = layers.filter((it) => it.cache?.reused === false).length;
  return again === 0
    ? `${first} A build now takes every layer from the cache.`
    : `${first} A build now makes ${count(again, "layer")} again and takes ${String(layers.length - again)} from the cache.`;
}

function count(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${String(number)} ${what}s`;
}
