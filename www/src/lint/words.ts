/** Findings in words. */

import type { Finding } from "../core";

/** How bad a finding is. */
export type Severity = Finding["severity"];

/** All, the worst first. */
export const SEVERITIES = ["error", "warning", "info", "style"] as const;

const ONE: Record<Severity, string> = {
  error: "error",
  warning: "warning",
  info: "note",
  style: "style remark",
};
const MANY: Record<Severity, string> = {
  error: "errors",
  warning: "warnings",
  info: "notes",
  style: "style remarks",
};

/** `Errors`, as a heading. */
export function heading(severity: Severity): string {
  const word = MANY[severity];
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** `Error`, for one. */
export function name(severity: Severity): string {
  const word = ONE[severity];
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** `2 errors`, `1 note` */
export function count(number: number, severity: Severity): string {
  return `${String(number)} ${number === 1 ? ONE[severity] : MANY[severity]}`;
}

/** `3 findings: 1 error, 2 warnings` */
export function summary(findings: readonly { readonly severity: Severity }[], more = 0): string {
  const total = findings.length + more;
  if (total === 0) {
    return "Nothing found";
  }
  const parts = SEVERITIES.flatMap((it) => {
    const number = findings.filter((finding) => finding.severity === it).length;
    return number === 0 ? [] : [count(number, it)];
  });
  const rest = more === 0 ? [] : [`${String(more)} more below`];
  return `${plural(total, "finding")}: ${[...parts, ...rest].join(", ")}`;
}

/** `1 file`, `2 files` */
export function plural(number: number, word: string): string {
  return `${String(number)} ${word}${number === 1 ? "" : "s"}`;
}

/** The code that people know a finding by: hadolint's, if the rules are hadolint's. */
export function codeOf({ code, aliases }: Finding, isHadolint: boolean): string {
  const theirs = aliases.find((it) => /^DL\d{4}$/.test(it));
  return isHadolint && theirs !== undefined ? theirs : code;
}
