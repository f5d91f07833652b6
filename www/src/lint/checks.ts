/** Asks the core about files, and remembers what has not changed since. */

import type { Core, Finding, Linted } from "../core";
import type { Config } from "./config/config";
import { allChanges, chain, type Effective, effective } from "./config/effective";
import type { Preset } from "./config/presets";
import type { Problem } from "./config/tree";
import { ignoreFor, kindOf } from "./kinds";
import type { Source } from "./read";

/** What was found in a file. */
export interface Result {
  readonly source: string;
  readonly findings: readonly Finding[];
  readonly more: number;
  readonly silenced: readonly Finding[];
  readonly tokens: Linted["tokens"];
  /** What has looked at what; there is none for configurations. */
  readonly seen: Seen | undefined;
}

/** What has looked at what. */
export interface Seen extends Effective {
  readonly rules: number;
  readonly instructions: number;
  readonly stages: number;
  /** The `.dockerignore`, if there is one, and why it cannot be used, if it cannot. */
  readonly ignore: string | undefined;
  readonly ignoreError: string | undefined;
}

/** The files as they are. */
export interface Asked {
  readonly files: ReadonlyMap<string, Source>;
  readonly preset: Preset | undefined;
  /** The file that is looked at first. */
  readonly open: string;
}

interface Kept {
  readonly key: string;
  readonly source: string;
  readonly result: Result;
}

/** The checks of a set of files. */
export class Checks {
  readonly #core: Core;
  #configs = new Map<string, { readonly text: string; readonly config: Config }>();
  #kept = new Map<string, Kept>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** Looks at all files; `found` gets what is known after each. It ends early when `isStale` says so. */
  async run(
    asked: Asked,
    found: (it: ReadonlyMap<string, Result>) => void,
    isStale: () => boolean,
  ): Promise<void> {
    const { files, open } = asked;
    const configs = await this.#read(files);
    const results = new Map<string, Result>();
    // The others keep what was known of them until it is their turn.
    for (const [path, { result }] of this.#kept) {
      if (files.has(path)) {
        results.set(path, result);
      }
    }
    const paths = [...files.keys()].filter((it) => isDockerfile(it));
    const order = paths.toSorted((a, b) => Number(b === open) - Number(a === open));
    for (const path of order) {
      results.set(path, await this.#check(path, asked, configs));
      found(new Map(results));
      if (isStale()) {
        return;
      }
    }
    for (const [path, { text }] of files) {
      const problems = problemsOf(path, text, configs, results);
      if (problems !== undefined) {
        results.set(path, told(text, problems));
      }
    }
    this.#kept = new Map([...this.#kept].filter(([path]) => files.has(path)));
    found(results);
  }

  /** What a Dockerfile is looked at with, by what was read last. */
  effective(path: string, preset: Preset | undefined): Effective {
    return effective(path, this.#known(), preset);
  }

  #known(): ReadonlyMap<string, Config> {
    return new Map([...this.#configs].map(([path, it]) => [path, it.config]));
  }

  async #check(
    path: string,
    { files, preset }: Asked,
    configs: ReadonlyMap<string, Config>,
  ): Promise<Result> {
    const source = files.get(path)?.text ?? "";
    const used = effective(path, configs, preset);
    const ignore = ignoreFor(path, (it) => files.has(it));
    const patterns = ignore === undefined ? undefined : files.get(ignore)?.text;
    const key = JSON.stringify([used, ignore, patterns]);
    const kept = this.#kept.get(path);
    if (kept?.key === key && kept.source === source) {
      return kept.result;
    }
    const linted = await this.#core.call("lint", source, patterns, used.settings);
    const { findings, more, silenced, tokens, rules, instructions, stages, ignoreError } = linted;
    const seen: Seen = { ...used, rules, instructions, stages, ignore, ignoreError };
    const result: Result = { source, findings, more, silenced, tokens, seen };
    this.#kept.set(path, { key, source, result });
    return result;
  }

  /** Reads the configurations. The readers come when there is one. */
  async #read(files: ReadonlyMap<string, Source>): Promise<ReadonlyMap<string, Config>> {
    const next = new Map<string, { text: string; config: Config }>();
    for (const [path, { text }] of files) {
      const kind = kindOf(path);
      if (kind === "dockwright" || kind === "hadolint") {
        const known = this.#configs.get(path);
        next.set(path, known?.text === text ? known : { text, config: await this.#config(kind, text) });
      }
    }
    this.#configs = next;
    return this.#known();
  }

  async #config(kind: "dockwright" | "hadolint", text: string): Promise<Config> {
    const config =
      kind === "dockwright"
        ? (await import("./config/dockwright")).readDockwright(text)
        : (await import("./config/hadolint")).readHadolint(text);
    const located = allChanges(config);
    const changes = located.map((it) => it.change);
    const refused = await this.#core.call("refused", { preset: "default", changes });
    const problems = refused.flatMap(({ at, message }): Problem[] => {
      const it = located[at];
      return it === undefined || it.lenient ? [] : [{ ...it.at, message }];
    });
    return { ...config, problems: [...config.problems, ...problems].sort((a, b) => a.from - b.from) };
  }
}

/** What is wrong with a file that is no Dockerfile. */
function problemsOf(
  path: string,
  text: string,
  configs: ReadonlyMap<string, Config>,
  results: ReadonlyMap<string, Result>,
): readonly Problem[] | undefined {
  const config = configs.get(path);
  if (config !== undefined) {
    return [...config.problems, ...chain(path, configs).problems];
  }
  if (kindOf(path) !== "ignore") {
    return undefined;
  }
  const uses = [...results.values()].find((it) => it.seen?.ignore === path);
  const message = uses?.seen?.ignoreError;
  return message === undefined ? [] : [{ from: 0, to: text.length, message }];
}

/** Whether rules for Dockerfiles look at a file: all that is nothing else is one. */
export function isDockerfile(path: string): boolean {
  const kind = kindOf(path);
  return kind === undefined || kind === "dockerfile";
}

/** Problems of a configuration as findings. */
function told(source: string, problems: readonly Problem[]): Result {
  const findings = problems.map(
    ({ from, to, message }): Finding => ({
      code: "config",
      name: "",
      severity: "error",
      from,
      to,
      line: source.slice(0, from).split("\n").length,
      message,
      related: [],
      aliases: [],
    }),
  );
  return { source, findings, more: 0, silenced: [], tokens: [], seen: undefined };
}
