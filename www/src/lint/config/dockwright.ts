/** `dockwright.toml`: the keys of the native linter, with its order of what counts. */

import { type Config, configOf, type Located, located, type Reader } from "./config";
import { glob } from "./glob";
import { PRESETS, presetOf } from "./presets";
import { readToml } from "./toml";
import type { Table } from "./tree";

const KEYS = {
  extends: "text",
  preset: "text",
  ruleset: "text",
  select: "list",
  "extend-select": "list",
  ignore: "list",
  preview: "flag",
  "fail-level": "text",
  severity: "table",
  "per-file-ignores": "table",
  suppressions: "flag",
  targets: "list",
  contexts: "list",
  "trusted-registries": "list",
  "allowed-latest": "list",
  "allowed-secrets": "list",
  "allowed-empty-args": "list",
  labels: "table",
  "strict-labels": "flag",
  "secret-commands": "table",
  "absolute-workdirs": "flag",
  "exec-healthchecks": "flag",
} as const;

const OPTIONS = [
  "targets",
  "contexts",
  "trusted-registries",
  "allowed-latest",
  "allowed-secrets",
  "allowed-empty-args",
  "labels",
  "secret-commands",
  "strict-labels",
  "absolute-workdirs",
  "exec-healthchecks",
];

/** The sets of rules that a configuration can be pinned to. */
const RULESETS = ["2026.1"];

/** Reads a text. */
export function readDockwright(text: string): Config {
  return configOf(readToml(text), config);
}

function config(reader: Reader, table: Table): Omit<Config, "problems"> {
  const fields = reader.fields(table, KEYS, true);
  const ruleset = fields.text("ruleset");
  if (ruleset !== undefined && !RULESETS.includes(ruleset.value)) {
    const message = `there is no ruleset ${JSON.stringify(ruleset.value)}: this version has ${RULESETS.join(", ")}`;
    reader.problem(ruleset.at, message);
  }
  const preset = fields.text("preset");
  if (preset !== undefined && presetOf(preset.value) === undefined) {
    const names = PRESETS.map((it) => it[0]);
    const all = `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`;
    reader.problem(preset.at, `there is no preset ${JSON.stringify(preset.value)}: write ${all}`);
  }
  reader.level(fields.text("fail-level"));
  const each = (kind: "select" | "ignore", key: string): Located[] =>
    fields.texts(key).map((it) => located({ kind, rule: it.value }, it.at));
  const select = fields.get("select");
  const preview = fields.get("preview");
  const suppressions = fields.get("suppressions");
  const extended = fields.text("extends");
  return {
    extends: extended === undefined ? undefined : { path: extended.value, at: extended.at },
    preset: presetOf(preset?.value),
    changes: [
      ...(select === undefined ? [] : [located({ kind: "ignore", rule: "ALL" }, select.at)]),
      ...each("select", "select"),
      ...(preview !== undefined && fields.flag("preview") === true
        ? [located({ kind: "preview" }, preview.at)]
        : []),
      ...each("select", "extend-select"),
      ...severities(reader, fields.entries("severity")),
      ...each("ignore", "ignore"),
      ...(suppressions === undefined
        ? []
        : [located({ kind: "comments", obey: fields.flag("suppressions") === true }, suppressions.at)]),
      ...OPTIONS.flatMap((it) => fields.option(it)),
    ],
    perFile: fields.entries("per-file-ignores").flatMap(({ key, keyAt, value }) => {
      const pattern = glob(key);
      if (pattern === undefined) {
        reader.problem(keyAt, "this pattern of paths is malformed");
        return [];
      }
      const changes = reader.texts(value).map((it) => located({ kind: "ignore", rule: it.value }, it.at));
      return [{ pattern, changes }];
    }),
  };
}

function severities(reader: Reader, entries: Table["entries"]): readonly Located[] {
  // Names in order, as the native linter takes them.
  const sorted = entries.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return sorted.flatMap(({ key: rule, keyAt, value }) => {
    if (value.kind !== "text") {
      reader.problem(value.at, "a severity is error, warning, info, style or off");
      return [];
    }
    reader.level(value, "off");
    const level = value.value;
    return [located(level === "off" ? { kind: "ignore", rule } : { kind: "severity", rule, level }, keyAt)];
  });
}
