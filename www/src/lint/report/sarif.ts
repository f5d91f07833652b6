/** A report as SARIF 2.1.0, in the form that `dockwright lint --format sarif` has. */

import type { Finding } from "../../core";
import { codeOf } from "../words";
import { Lines, type Report } from "./report";

/** What a rule says about itself, in Markdown, by its code; empty if it is not known. */
export type Docs = ReadonlyMap<string, string>;

/** A log with one run: rules with their documentation; results with places, repairs and fingerprints. */
export function sarif(reports: readonly Report[], version: string, docs: Docs): string {
  const rules = new Map<string, object>();
  for (const { findings, silenced, isHadolint } of reports) {
    for (const it of [...findings, ...silenced]) {
      rules.set(codeOf(it, isHadolint), rule(it, codeOf(it, isHadolint), docs.get(it.code) ?? ""));
    }
  }
  const order = [...rules.keys()].sort();
  const run = {
    tool: { driver: { name: "dockwright", version, rules: order.map((it) => rules.get(it)) } },
    columnKind: "unicodeCodePoints",
    results: reports.flatMap((report) => results(report, order)),
  };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function rule({ name, aliases, code }: Finding, id: string, markdown: string): object {
  const first = (markdown.split("\n\n")[0] ?? "").replaceAll(/\s+/g, " ").trim();
  return {
    id,
    name: name === "" ? code : name,
    shortDescription: { text: (name === "" ? code : name).replaceAll("-", " ") },
    ...(first === "" ? {} : { fullDescription: { text: first }, help: { text: markdown, markdown } }),
    properties: { tags: aliases },
  };
}

function results(report: Report, order: readonly string[]): object[] {
  const { path, text, findings, silenced, isHadolint } = report;
  const lines = new Lines(text);
  const uri = encodeURI(path).replaceAll(/[?#]/g, encodeURIComponent);
  const region = ({ from, to }: { readonly from: number; readonly to: number }): object => {
    const [start, end] = [lines.at(from), lines.at(to)];
    return {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
      snippet: { text: text.slice(from, to) },
    };
  };
  const location = (it: { readonly from: number; readonly to: number }): object => ({
    physicalLocation: { artifactLocation: { uri }, region: region(it) },
  });
  const result = (it: Finding, isSilenced: boolean): object => {
    const id = codeOf(it, isHadolint);
    return {
      ruleId: id,
      ruleIndex: order.indexOf(id),
      level: it.severity === "error" || it.severity === "warning" ? it.severity : "note",
      message: { text: it.help === undefined ? it.message : `${it.message}. ${it.help}` },
      locations: [location(it)],
      partialFingerprints: {
        "dockwright/v1": fingerprint([path, id, text.slice(it.from, it.to).trim(), it.message]),
      },
      ...(it.related.length === 0
        ? {}
        : { relatedLocations: it.related.map((at) => ({ ...location(at), message: { text: at.message } })) }),
      ...(it.fix === undefined || it.fix.safety === "display"
        ? {}
        : {
            fixes: [
              {
                description: { text: it.fix.title },
                artifactChanges: [
                  {
                    artifactLocation: { uri },
                    replacements: it.fix.edits.map((edit) => ({
                      deletedRegion: region(edit),
                      insertedContent: { text: edit.text },
                    })),
                  },
                ],
              },
            ],
          }),
      ...(isSilenced ? { suppressions: [{ kind: "inSource" }] } : {}),
    };
  };
  return [...findings.map((it) => result(it, false)), ...silenced.map((it) => result(it, true))];
}

/** A number that stays the same while other lines change: the one that the native linter gives. */
function fingerprint(parts: readonly string[]): string {
  let hash = 0xcbf2_9ce4_8422_2325n;
  for (const part of parts) {
    for (const byte of [...new TextEncoder().encode(part), 0]) {
      hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x0100_0000_01b3n);
    }
  }
  return hash.toString(16).padStart(16, "0");
}
