/** What a configuration says, in the words of the core, each with its place. */

import type { Change } from "../../core";
import { nearest } from "./nearest";
import type { Preset } from "./presets";
import type { Problem, Read, Span, Table, Tree } from "./tree";
import { KINDS } from "./tree";

/** A change to the rules, and where it is written. */
export interface Located {
  readonly change: Change;
  readonly at: Span;
  /** Whether it may name a rule that there is not. */
  readonly lenient: boolean;
}

/** What one file says. */
export interface Config {
  readonly extends: { readonly path: string; readonly at: Span } | undefined;
  readonly preset: Preset | undefined;
  /** In the order in which they count. */
  readonly changes: readonly Located[];
  /** Patterns of paths, and what is not looked for there. */
  readonly perFile: readonly { readonly pattern: RegExp; readonly changes: readonly Located[] }[];
  readonly problems: readonly Problem[];
}

/** Levels of findings. */
export const LEVELS = ["error", "warning", "info", "style"] as const;

/** Reads the tree of one kind of file. */
export function configOf(read: Read, by: (reader: Reader, table: Table) => Omit<Config, "problems">): Config {
  if ("problems" in read) {
    return { extends: undefined, preset: undefined, changes: [], perFile: [], problems: read.problems };
  }
  const reader = new Reader();
  const config = by(reader, read.table);
  return { ...config, problems: reader.problems };
}

/** Takes values out of a tree, and writes down what is wrong with them. */
export class Reader {
  readonly #problems: Problem[] = [];

  get problems(): readonly Problem[] {
    return this.#problems.toSorted((a, b) => a.from - b.from);
  }

  problem(at: Span, message: string): void {
    this.#problems.push({ from: at.from, to: at.to, message });
  }

  /** The values of a table, each of the kind that is wanted. What is not wanted is a problem if the file is ours. */
  fields(table: Table, kinds: Readonly<Record<string, Tree["kind"]>>, strict: boolean): Fields {
    const found = new Map<string, Tree>();
    for (const { key, keyAt, value } of table.entries) {
      const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined;
      if (kind === undefined) {
        if (strict) {
          const near = nearest(key, Object.keys(kinds));
          const help = near === undefined ? "" : `; did you mean ${near}?`;
          this.problem(keyAt, `there is no key ${JSON.stringify(key)}${help}`);
        }
      } else if (value.kind === kind) {
        found.set(key, value);
      } else {
        this.problem(value.at, `${key} is ${KINDS[kind]}, and this is ${KINDS[value.kind]}`);
      }
    }
    return new Fields(this, found);
  }

  /** The texts of a list. */
  texts(list: Tree | undefined): readonly Text[] {
    const items = list?.kind === "list" ? list.items : [];
    return items.flatMap((it) => {
      if (it.kind === "text") {
        return [it];
      }
      this.problem(it.at, `here is a text wanted, and this is ${KINDS[it.kind]}`);
      return [];
    });
  }

  /** Whether it names a level. */
  level(it: Text | undefined, ...more: readonly string[]): void {
    if (it !== undefined && ![...LEVELS, ...more].includes(it.value)) {
      this.problem(it.at, `${JSON.stringify(it.value)} is no level: say error, warning, info or style`);
    }
  }
}

/** A text with its place. */
export type Text = Extract<Tree, { kind: "text" }>;

/** The values that were found, by key. */
export class Fields {
  readonly #reader: Reader;
  readonly #found: ReadonlyMap<string, Tree>;

  constructor(reader: Reader, found: ReadonlyMap<string, Tree>) {
    this.#reader = reader;
    this.#found = found;
  }

  get(key: string): Tree | undefined {
    return this.#found.get(key);
  }

  text(key: string): Text | undefined {
    const it = this.#found.get(key);
    return it?.kind === "text" ? it : undefined;
  }

  flag(key: string): boolean | undefined {
    const it = this.#found.get(key);
    return it?.kind === "flag" ? it.value : undefined;
  }

  texts(key: string): readonly Text[] {
    return this.#reader.texts(this.#found.get(key));
  }

  entries(key: string): Table["entries"] {
    const it = this.#found.get(key);
    return it?.kind === "table" ? it.entries : [];
  }

  /** An option of the core: a list, a table of texts, or a flag that says yes. */
  option(name: string, key = name): readonly Located[] {
    const it = this.#found.get(key);
    switch (it?.kind) {
      case "list": {
        const values = this.#reader.texts(it).map((text) => text.value);
        return values.length === 0 ? [] : [located({ kind: "option", name, values }, it.at)];
      }
      case "table":
        return it.entries.flatMap(({ key: left, value }) => {
          if (value.kind === "text") {
            return [located({ kind: "option", name, values: [left, value.value] }, value.at)];
          }
          this.#reader.problem(value.at, `here is a text wanted, and this is ${KINDS[value.kind]}`);
          return [];
        });
      case "flag":
        return it.value ? [located({ kind: "option", name, values: ["yes"] }, it.at)] : [];
      case "text":
      case "other":
      case undefined:
        return [];
    }
  }
}

/** A change at its place. */
export function located(change: Change, at: Span, lenient = false): Located {
  return { change, at, lenient };
}
