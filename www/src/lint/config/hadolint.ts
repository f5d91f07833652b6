/** `.hadolint.yaml`, as it is. */

import { type Config, configOf, LEVELS, type Located, located, type Reader, type Text } from "./config";
import type { Table } from "./tree";
import { readYaml } from "./yaml";

const KEYS = {
  ignored: "list",
  override: "table",
  trustedRegistries: "list",
  "trusted-registries": "list",
  "label-schema": "table",
  "strict-labels": "flag",
  "failure-threshold": "text",
  "disable-ignore-pragma": "flag",
} as const;

/** Reads a text. */
export function readHadolint(text: string): Config {
  return configOf(readYaml(text), config);
}

function config(reader: Reader, table: Table): Omit<Config, "problems"> {
  // Keys that say how hadolint prints are no concern of ours.
  const fields = reader.fields(table, KEYS, false);
  reader.level(fields.text("failure-threshold"), "ignore", "none");
  const pragma = fields.get("disable-ignore-pragma");
  return {
    extends: undefined,
    preset: undefined,
    changes: [
      ...levels(reader, fields.entries("override")),
      ...fields.texts("ignored").map((it) => named({ kind: "ignore", rule: it.value }, it)),
      ...(pragma === undefined
        ? []
        : [located({ kind: "comments", obey: fields.flag("disable-ignore-pragma") !== true }, pragma.at)]),
      ...fields.option("trusted-registries", "trustedRegistries"),
      ...fields.option("trusted-registries"),
      ...fields.option("labels", "label-schema"),
      ...fields.option("strict-labels"),
    ],
    perFile: [],
  };
}

function levels(reader: Reader, entries: Table["entries"]): readonly Located[] {
  const sorted = entries.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return sorted.flatMap(({ key: level, keyAt, value }) => {
    if (!LEVELS.some((it) => it === level)) {
      reader.problem(keyAt, `${JSON.stringify(level)} is no level: say error, warning, info or style`);
      return [];
    }
    return reader.texts(value).map((it) => named({ kind: "severity", rule: it.value, level }, it));
  });
}

/** A number of ShellCheck that is not known here is no mistake. */
function named(change: Located["change"], it: Text): Located {
  return located(change, it.at, it.value.startsWith("SC"));
}
