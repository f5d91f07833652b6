/** A report as Markdown, for an issue or a pull request. */

import { codeOf, name, plural, summary } from "../words";
import type { Report } from "./report";

/** The text. `how` says what the files were looked at with. */
export function markdown(reports: readonly Report[], how: string): string {
  const all = reports.flatMap((it) => it.findings);
  const more = reports.reduce((sum, it) => sum + it.more, 0);
  const total = `${summary(all, more)}${reports.length === 1 ? "" : `, in ${plural(reports.length, "file")}`}`;
  return [`# Dockerfile check`, `${total}. ${how}`, ...reports.map(file)].join("\n\n").concat("\n");
}

function file({ path, findings, more, silenced, isHadolint }: Report): string {
  const rows = findings.map((it) => {
    const code = codeOf(it, isHadolint);
    const rule = it.name === "" || it.name === code ? code : `${code} ${it.name}`;
    const what = it.help === undefined ? it.message : `${it.message}. ${it.help}`;
    return `| ${String(it.line)} | ${name(it.severity)} | ${cell(rule)} | ${cell(what)} |`;
  });
  const table =
    rows.length === 0
      ? ["Nothing found."]
      : [["| Line | Level | Rule | What |", "|---:|---|---|---|", ...rows].join("\n")];
  const rest = more === 0 ? [] : [`${plural(more, "finding")} more.`];
  const quiet = silenced.length === 0 ? [] : [`${plural(silenced.length, "finding")} silenced by comments.`];
  return [`## ${text(path)}`, ...table, ...rest, ...quiet].join("\n\n");
}

/** A cell of a table: one line, in which code stays code and nothing else is markup. */
function cell(words: string): string {
  const parts = words
    .replaceAll(/\s+/g, " ")
    .trim()
    .split(/`([^`]+)`/);
  const marked = parts.map((it, at) => (at % 2 === 1 ? `\`${it}\`` : text(it)));
  return marked.join("").replaceAll("|", "\\|");
}

function text(words: string): string {
  return words.replaceAll(/[\\`*_<[\]]/g, "\\$&");
}
