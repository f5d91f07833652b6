/** The settings that count for a Dockerfile: its configuration, those that this one extends, and the page's choice. */

import type { Change, Settings } from "../../core";
import { configFor, folderOf, resolve } from "../kinds";
import type { Config, Located } from "./config";
import type { Preset } from "./presets";
import type { Problem } from "./tree";

/** So many configurations may extend each other. */
const MOST = 10;

/** What a Dockerfile is looked at with. */
export interface Effective {
  readonly settings: Settings;
  /** Where it is from, if there is a configuration. */
  readonly from: string | undefined;
  /** Whether codes are hadolint's. */
  readonly isHadolint: boolean;
}

/** The settings for a path. A preset that was chosen counts instead of the rules of the configuration, not of its options. */
export function effective(
  path: string,
  configs: ReadonlyMap<string, Config>,
  chosen: Preset | undefined,
): Effective {
  const from = configFor(path, (it) => configs.has(it));
  const all = from === undefined ? [] : chain(from, configs).configs;
  const written = all.find((it) => it.preset !== undefined)?.preset;
  const preset = chosen ?? written ?? "default";
  const changes = all.toReversed().flatMap((it) => it.changes);
  const inside = from === undefined ? path : path.slice(folderOf(from).length);
  const perFile = all
    .flatMap((it) => it.perFile)
    .filter((it) => it.pattern.test(inside))
    .flatMap((it) => it.changes);
  const counts = chosen === undefined ? changes : changes.filter((it) => it.change.kind === "option");
  return {
    settings: { preset, changes: [...counts, ...perFile].map((it): Change => it.change) },
    from,
    isHadolint: preset === "hadolint",
  };
}

/** A configuration and those that it extends, the nearest first; with what is wrong with that. */
export function chain(
  path: string,
  configs: ReadonlyMap<string, Config>,
): { readonly configs: readonly Config[]; readonly problems: readonly Problem[] } {
  const found: Config[] = [];
  let next: string | undefined = path;
  while (next !== undefined && found.length < MOST) {
    const config: Config | undefined = configs.get(next);
    if (config === undefined) {
      const at = found[0]?.extends?.at;
      const message = `${next} is not here: drop it too, or take this line out`;
      return { configs: found, problems: at === undefined || found.length > 1 ? [] : [{ ...at, message }] };
    }
    found.push(config);
    const written: string | undefined = config.extends?.path;
    next = written === undefined ? undefined : (resolve(next, written) ?? written);
  }
  if (next !== undefined) {
    const at = found[0]?.extends?.at;
    const message = `more than ${String(MOST)} configurations extend each other`;
    return { configs: found, problems: at === undefined ? [] : [{ ...at, message }] };
  }
  return { configs: found, problems: [] };
}

/** All changes of a configuration, to ask the core about. */
export function allChanges(config: Config): readonly Located[] {
  return [...config.changes, ...config.perFile.flatMap((it) => it.changes)];
}
