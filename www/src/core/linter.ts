/** The linter of the core with settings that the main thread sends. */

import { type Fixed, type Linted, Linter } from "dockwright";

/** One change to the rules of a preset, in the words of a configuration. */
export type Change =
  | { readonly kind: "select" | "ignore"; readonly rule: string }
  | { readonly kind: "severity"; readonly rule: string; readonly level: string }
  | { readonly kind: "preview" }
  | { readonly kind: "comments"; readonly obey: boolean }
  | { readonly kind: "option"; readonly name: string; readonly values: readonly string[] };

/** Which rules run, how bad their findings are, and what they are told: a preset, and changes in their order. */
export interface Settings {
  readonly preset: string;
  readonly changes: readonly Change[];
}

/** A change that the core does not take, and why. */
export interface Refusal {
  /** Which of the changes. */
  readonly at: number;
  readonly message: string;
}

/** What is wrong or unwise in a Dockerfile; changes that the core does not take are left out. */
export function lint(source: string, ignore: string | undefined, settings: Settings): Linted {
  return withLinter(settings, (it) => it.lint(source, ignore));
}

/** The Dockerfile with its safe repairs made, or with risky ones too. */
export function fixed(source: string, risky: boolean, settings: Settings): Fixed {
  return withLinter(settings, (it) => it.fix(source, risky));
}

/** The changes that the core does not take. */
export function refused(settings: Settings): readonly Refusal[] {
  return withLinter(settings, (_, refusals) => refusals);
}

function withLinter<T>(settings: Settings, use: (it: Linter, refusals: readonly Refusal[]) => T): T {
  const linter = new Linter(settings.preset);
  try {
    const refusals = settings.changes.flatMap((it, at) => {
      try {
        change(linter, it);
        return [];
      } catch (error) {
        return [{ at, message: error instanceof Error ? error.message : String(error) }];
      }
    });
    return use(linter, refusals);
  } finally {
    linter.free();
  }
}

function change(linter: Linter, it: Change): void {
  switch (it.kind) {
    case "select":
      linter.select(it.rule);
      break;
    case "ignore":
      linter.ignore(it.rule);
      break;
    case "severity":
      linter.setSeverity(it.rule, it.level);
      break;
    case "preview":
      linter.preview();
      break;
    case "comments":
      linter.obeyComments(it.obey);
      break;
    case "option":
      linter.setOption(it.name, [...it.values]);
      break;
  }
}
