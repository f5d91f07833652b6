import { expect, test } from "vitest";
import type { Change } from "../../core";
import type { Config } from "./config";
import { readDockwright } from "./dockwright";
import { effective } from "./effective";
import { glob } from "./glob";
import { readHadolint } from "./hadolint";

/** A change in a few words. */
function words(it: Change): string {
  switch (it.kind) {
    case "select":
    case "ignore":
      return `${it.kind} ${it.rule}`;
    case "severity":
      return `${it.rule} ${it.level}`;
    case "preview":
      return "preview";
    case "comments":
      return `comments ${String(it.obey)}`;
    case "option":
      return `${it.name}: ${it.values.join(" ")}`;
  }
}

/** What a configuration says, and what is wrong with it, each with the text at its place. */
function show(text: string, { preset, changes, problems }: Config): string[] {
  return [
    ...(preset === undefined ? [] : [`preset ${preset}`]),
    ...changes.map((it) => `${words(it.change)} @ ${text.slice(it.at.from, it.at.to)}`),
    ...problems.map((it) => `! ${it.message} @ ${text.slice(it.from, it.to)}`),
  ];
}

test.each([
  ["", []],
  ["# nothing\n", []],
  [
    'preset = "strict"\nignore = ["DL3008", "SC"]\n',
    ["preset strict", 'ignore DL3008 @ "DL3008"', 'ignore SC @ "SC"'],
  ],
  [
    'ignore = ["DW1"]\nselect = ["DW2"]\npreview = true\nextend-select = ["DW3"]\n[severity]\nDW4 = "error"\n"DW3" = "off"\n',
    [
      'ignore ALL @ ["DW2"]',
      'select DW2 @ "DW2"',
      "preview @ true",
      'select DW3 @ "DW3"',
      'ignore DW3 @ "DW3"',
      "DW4 error @ DW4",
      'ignore DW1 @ "DW1"',
    ],
  ],
  ['severity.DW1 = "info"\nseverity.DW2 = "style"', ["DW1 info @ DW1", "DW2 style @ DW2"]],
  [
    "suppressions = false\nstrict-labels = true\nabsolute-workdirs = false",
    ["comments false @ false", "strict-labels: yes @ true"],
  ],
  ['labels = { a = "url", b = "text" }', ['labels: a url @ "url"', 'labels: b text @ "text"']],
  ['selct = ["DW1"]', ['! there is no key "selct"; did you mean select? @ selct']],
  ["zebra = 1", ['! there is no key "zebra" @ zebra']],
  ['ignore = "DW1"', ['! ignore is a list, and this is a text @ "DW1"']],
  ["ignore = [1]", ["! here is a text wanted, and this is something else @ 1"]],
  [
    'preset = "loud"',
    [
      '! there is no preset "loud": write default, hadolint, buildkit, security, modern, kubernetes or strict @ "loud"',
    ],
  ],
  ['ruleset = "1999"', ['! there is no ruleset "1999": this version has 2026.1 @ "1999"']],
  ['fail-level = "bad"', ['! "bad" is no level: say error, warning, info or style @ "bad"']],
])("dockwright.toml: %j", (text, expected) => {
  expect(show(text, readDockwright(text))).toEqual(expected);
});

test("a text that is no TOML has its place", () => {
  const text = 'ignore = ["DW1"]\npreset = strict\n';
  const [problem, ...rest] = readDockwright(text).problems;
  expect(rest).toEqual([]);
  expect(text.slice(0, problem?.from).split("\n")).toHaveLength(2);
});

test.each([
  ["", []],
  ["ignored: [DL3008, SC2086]\n", ["ignore DL3008 @ DL3008", "ignore SC2086 @ SC2086"]],
  [
    "override:\n  warning: [DL1]\n  error:\n    - DL2\nignored:\n  - DL3\n",
    ["DL2 error @ DL2", "DL1 warning @ DL1", "ignore DL3 @ DL3"],
  ],
  ["trustedRegistries:\n  - docker.io\nformat: tty\n", ["trusted-registries: docker.io @ - docker.io\n"]],
  [
    "label-schema:\n  author: text\nstrict-labels: true\n",
    ["labels: author text @ text", "strict-labels: yes @ true"],
  ],
  ["disable-ignore-pragma: true\n", ["comments false @ true"]],
  ["override:\n  loud: [DL1]\n", ['! "loud" is no level: say error, warning, info or style @ loud']],
  ["failure-threshold: none\n", []],
])(".hadolint.yaml: %j", (text, expected) => {
  expect(show(text, readHadolint(text))).toEqual(expected);
});

test("a text that is no YAML has its place", () => {
  const { problems } = readHadolint("ignored: [DL3008\noverride: {}\n");
  expect(problems.length).toBeGreaterThan(0);
  expect(readHadolint("- a\n").problems[0]?.message).toBe("this is no table of keys and values");
});

test.each([
  ["*.Dockerfile", "a.Dockerfile", true],
  ["*.Dockerfile", "x/a.Dockerfile", true],
  ["legacy/**", "legacy/x/Dockerfile", true],
  ["legacy/**", "new/Dockerfile", false],
  ["**/Dockerfile", "Dockerfile", true],
  ["**/Dockerfile", "a/b/Dockerfile", true],
  ["{a,b}/Dockerfile", "b/Dockerfile", true],
  ["[!a]/Dockerfile", "a/Dockerfile", false],
  ["a.b", "axb", false],
])("%s and %s", (pattern, path, expected) => {
  expect(glob(pattern)?.test(path)).toBe(expected);
});

test("malformed patterns are none", () => {
  expect([glob("["), glob("{a"), glob("a]")].map((it) => it === undefined)).toEqual([true, true, false]);
});

test("configurations count from the top down, and a choice counts before them", () => {
  const configs = new Map([
    [
      "base.toml",
      readDockwright('preset = "security"\nignore = ["DW1"]\ntrusted-registries = ["docker.io"]'),
    ],
    [
      "api/dockwright.toml",
      readDockwright(
        'extends = "../base.toml"\nextend-select = ["DW1"]\n[per-file-ignores]\n"old.*" = ["DW9"]',
      ),
    ],
  ]);
  const of = (path: string, chosen?: "strict" | "hadolint"): string[] => {
    const { settings, from, isHadolint } = effective(path, configs, chosen);
    return [settings.preset, String(from), String(isHadolint), ...settings.changes.map(words)];
  };
  const both = ["ignore DW1", "trusted-registries: docker.io", "select DW1"];
  expect(of("api/Dockerfile")).toEqual(["security", "api/dockwright.toml", "false", ...both]);
  expect(of("api/old.Dockerfile").at(-1)).toBe("ignore DW9");
  expect(of("api/Dockerfile", "hadolint")).toEqual([
    "hadolint",
    "api/dockwright.toml",
    "true",
    "trusted-registries: docker.io",
  ]);
  expect(of("Dockerfile")).toEqual(["default", "undefined", "false"]);
});
