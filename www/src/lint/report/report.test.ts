import Ajv from "ajv";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import schema from "../../../../tests/support/sarif-schema-2.1.0.json";
import type { Finding } from "../../core";
import { markdown } from "./markdown";
import { Lines, type Report } from "./report";
import { sarif } from "./sarif";

const FINDING: Finding = {
  code: "DW716",
  name: "maintainer",
  severity: "warning",
  from: 15,
  to: 25,
  line: 2,
  message: "`MAINTAINER` is | <deprecated>",
  help: "Write `LABEL a|b`.",
  related: [],
  aliases: ["DL4000"],
};

const REPORT: Report = {
  path: "a b/Dockerfile",
  text: "FROM debian:13\nMAINTAINER me\n",
  findings: [FINDING],
  more: 0,
  silenced: [],
  isHadolint: false,
};

test.each([
  ["abc\nd", 0, 1, 1],
  ["abc\nd", 3, 1, 4],
  ["abc\nd", 4, 2, 1],
  ["# 🐳x\n", 4, 1, 4],
  ["", 0, 1, 1],
  ["a\n", 2, 2, 1],
])("%j at %d", (text, offset, line, column) => {
  expect(new Lines(text).at(offset)).toEqual({ line, column });
});

test("Markdown: code stays code, and nothing else is markup", () => {
  expect(
    markdown([REPORT, { ...REPORT, path: "b", findings: [], silenced: [FINDING] }], "Rules: Default."),
  ).toBe(
    `# Dockerfile check

1 finding: 1 warning, in 2 files. Rules: Default.

## a b/Dockerfile

| Line | Level | Rule | What |
|---:|---|---|---|
| 2 | Warning | DW716 maintainer | \`MAINTAINER\` is \\| \\<deprecated>. Write \`LABEL a\\|b\`. |

## b

Nothing found.

1 finding silenced by comments.
`,
  );
});

test("SARIF: hadolint's codes if the rules are hadolint's, paths as references, what is silenced", () => {
  const log: unknown = JSON.parse(
    sarif(
      [{ ...REPORT, isHadolint: true, silenced: [FINDING] }],
      "1.2.3",
      new Map([["DW716", "First\nline.\n\nMore."]]),
    ),
  );
  expect(log).toMatchObject({
    runs: [
      {
        tool: {
          driver: { version: "1.2.3", rules: [{ id: "DL4000", fullDescription: { text: "First line." } }] },
        },
        results: [
          {
            ruleId: "DL4000",
            locations: [{ physicalLocation: { artifactLocation: { uri: "a%20b/Dockerfile" } } }],
          },
          { suppressions: [{ kind: "inSource" }] },
        ],
      },
    ],
  });
});

test("SARIF: a finding has the fingerprint that the native linter gives it", () => {
  const finding: Finding = { ...FINDING, message: "`MAINTAINER` is deprecated" };
  const log = sarif([{ ...REPORT, path: "Dockerfile", findings: [finding] }], "1", new Map());
  expect(log).toContain('"dockwright/v1": "e964d5508ff3ecf1"');
});

/** What is wrong with a log, by the schema of the OASIS. */
function wrong(log: string): readonly string[] {
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }));
  const validate = ajv.compile(schema);
  validate(JSON.parse(log));
  return (validate.errors ?? []).map((it) => `${it.instancePath} ${it.message ?? ""}`);
}

test("SARIF: a log is as the schema of the standard wants it", () => {
  const full: Finding = {
    ...FINDING,
    related: [{ from: 0, to: 4, message: "The stage starts here" }],
    fix: { title: "Write a label", safety: "safe", edits: [{ from: 15, to: 28, text: "LABEL a=me" }] },
  };
  const unknown: Finding = { ...FINDING, code: "syntax", name: "", aliases: [], from: 0, to: 0 };
  const reports = [
    { ...REPORT, path: "a ü [b]?#/Dockerfile", findings: [full, unknown], silenced: [FINDING] },
    { ...REPORT, isHadolint: true },
    { ...REPORT, findings: [] },
  ];
  expect(wrong(sarif(reports, "1.2.3", new Map([["DW716", "First.\n\nMore."]])))).toEqual([]);
  expect(wrong(sarif([], "1.2.3", new Map()))).toEqual([]);
  expect(wrong('{"version":"2.1.0","runs":[{}]}')).toEqual(["/runs/0 must have required property 'tool'"]);
});
