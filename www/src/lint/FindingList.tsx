/** The findings, the worst first, each with its place, its rule, why, and its repair. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Finding } from "../core";
import { Why } from "../editor/Why";
import { Info, Lamp, Octagon, Triangle } from "../ui/Icons";
import { Words } from "../ui/Words";
import type { Result } from "./checks";
import type { LintDesk } from "./desk";
import { FixPreview } from "./FixPreview";
import { codeOf, heading, plural, SEVERITIES, type Severity } from "./words";

const ICONS = { error: Octagon, warning: Triangle, info: Info, style: Lamp } as const;
/** As many of a kind are shown at once. */
const MOST = 100;

/** The list. */
export function FindingList({ desk, result }: { desk: LintDesk; result: Result }): JSX.Element {
  const hidden = desk.hidden.value;
  const shown = SEVERITIES.filter((it) => !hidden.has(it));
  const groups = shown.flatMap((it) => {
    const findings = result.findings.filter((finding) => finding.severity === it);
    return findings.length === 0 ? [] : [[it, findings] as const];
  });
  const left = result.findings.length - groups.reduce((sum, [, all]) => sum + all.length, 0);
  return (
    <>
      {groups.map(([severity, findings]) => (
        <Group key={severity} desk={desk} result={result} severity={severity} findings={findings} />
      ))}
      {left === 0 ? null : (
        <p class="meta">
          {plural(left, "finding")} hidden by the filter.{" "}
          <button
            type="button"
            class="link"
            onClick={() => {
              desk.hidden.value = new Set();
            }}
          >
            Show all
          </button>
        </p>
      )}
    </>
  );
}

interface GroupProps {
  readonly desk: LintDesk;
  readonly result: Result;
  readonly severity: Severity;
  readonly findings: readonly Finding[];
}

function Group({ desk, result, severity, findings }: GroupProps): JSX.Element {
  const most = useSignal(MOST);
  const id = `found-${severity}`;
  const rest = findings.length - most.value;
  return (
    <section class="group" data-severity={severity} aria-labelledby={id}>
      <h3 id={id}>{heading(severity)}</h3>
      <ul aria-labelledby={id}>
        {findings.slice(0, most.value).map((it, at) => (
          <Item
            key={`${it.code} ${String(it.from)} ${String(at)}`}
            desk={desk}
            result={result}
            finding={it}
          />
        ))}
      </ul>
      {rest <= 0 ? null : (
        <button
          type="button"
          class="small"
          onClick={() => {
            most.value += MOST;
          }}
        >
          Show {Math.min(rest, MOST)} more of {findings.length}
        </button>
      )}
    </section>
  );
}

function Item({ desk, result, finding }: { desk: LintDesk; result: Result; finding: Finding }): JSX.Element {
  const { severity, line, message, help, name, fix, related, code, aliases } = finding;
  const Icon = ICONS[severity];
  const preview = desk.preview.value?.finding === finding ? desk.preview.value : undefined;
  return (
    <li>
      <Icon />
      <div>
        <p class="what">
          <Place desk={desk} at={finding} line={line} /> <Words text={message} />
        </p>
        {help === undefined ? null : (
          <p class="help">
            <Words text={help} />
          </p>
        )}
        {related.map((it) => (
          <p key={it.from} class="help">
            <Place desk={desk} at={it} line={lineOf(result.source, it.from)} /> <Words text={it.message} />
          </p>
        ))}
        <div class="more">
          <Rule finding={finding} isHadolint={result.seen?.isHadolint === true} />
          {name === "" ? null : <Why code={code} aliases={aliases.filter((it) => !isWellKnown(it))} />}
        </div>
        {fix === undefined ? null : (
          <button
            type="button"
            class="small"
            aria-expanded={preview !== undefined}
            onClick={() => void desk.showFix(finding)}
          >
            {fix.safety === "display" ? "Suggestion" : "Fix"}: {fix.title}
          </button>
        )}
        {preview === undefined ? null : <FixPreview desk={desk} preview={preview} />}
      </div>
    </li>
  );
}

function Place({ desk, at, line }: PlaceProps): JSX.Element {
  return (
    <button
      type="button"
      class="link place"
      title="Show it in the editor"
      onClick={() => {
        desk.toPlace(at);
      }}
    >
      line {line}
    </button>
  );
}

interface PlaceProps {
  readonly desk: LintDesk;
  readonly at: { readonly from: number; readonly to: number };
  readonly line: number;
}

/** The rule's code and name, and what others call it. */
function Rule({ finding, isHadolint }: { finding: Finding; isHadolint: boolean }): JSX.Element | null {
  const { code, name, aliases, check, url } = finding;
  if (name === "" && code !== check) {
    return null;
  }
  const shown = codeOf(finding, isHadolint);
  const known = aliases.filter((it) => isWellKnown(it));
  const others = [...new Set([...(shown === code ? [] : [code]), ...known])].filter((it) => it !== shown);
  return (
    <span class="rule">
      <b>{shown}</b>
      {name === "" ? "" : ` ${name}`}
      {others.length === 0 ? null : (
        <span class="aliases">
          {" · also "}
          {others.map((it, at) => (
            <span key={it}>
              {at === 0 ? "" : ", "}
              {it === check && url !== undefined ? (
                <a href={url} rel="noreferrer noopener">
                  {it}
                </a>
              ) : (
                it
              )}
            </span>
          ))}
        </span>
      )}
    </span>
  );
}

/** Whether it is a code of hadolint or ShellCheck, or a check of BuildKit; other tools' codes are many. */
function isWellKnown(alias: string): boolean {
  return /^(DL|SC)\d{4}$|^[A-Z][A-Za-z]*[a-z][A-Za-z]*$/.test(alias);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
