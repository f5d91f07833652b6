/** What was found in the open file: how much, of which kind, each finding, and what to do with all of it. */

import type { JSX } from "preact";
import { Tick } from "../ui/Icons";
import { isDockerfile, type Result, type Seen } from "./checks";
import { PRESETS, presetOf } from "./config/presets";
import type { LintDesk } from "./desk";
import { FindingList } from "./FindingList";
import { FixPreview } from "./FixPreview";
import { ReportRow } from "./ReportRow";
import { Welcome } from "./Welcome";
import { heading, plural, SEVERITIES, summary } from "./words";

/** The pane. */
export function FoundPane({ desk }: { desk: LintDesk }): JSX.Element {
  const result = desk.result.value;
  const empty = desk.isEmpty.value;
  return (
    <section class="pane found" aria-labelledby="findings-title">
      <div class="head">
        <h2 id="findings-title" tabIndex={-1}>
          Findings
        </h2>
        <Rules desk={desk} />
      </div>
      {empty ? (
        <Welcome desk={desk} />
      ) : result === undefined ? (
        <p class="waiting">{desk.broken.value === undefined ? "Reading…" : "Not checked."}</p>
      ) : (
        <Found desk={desk} result={result} />
      )}
    </section>
  );
}

function Found({ desk, result }: { desk: LintDesk; result: Result }): JSX.Element {
  const { findings, more, silenced, seen } = result;
  const all = desk.preview.value;
  return (
    <>
      <div class="scrolls">
        {findings.length === 0 ? (
          <Clean desk={desk} seen={seen} />
        ) : (
          <>
            <p class="total">{summary(findings, more)}.</p>
            <Filters desk={desk} result={result} />
            {all !== undefined && all.finding === undefined ? <FixPreview desk={desk} preview={all} /> : null}
            <FindingList desk={desk} result={result} />
            {more === 0 ? null : (
              <p class="meta">
                {plural(more, "finding")} more. When some of these are mended, the others are shown.
              </p>
            )}
          </>
        )}
        {silenced.length === 0 ? null : (
          <details class="silenced">
            <summary>{plural(silenced.length, "finding")} silenced by comments</summary>
            <ul>
              {silenced.map((it, at) => (
                <li key={at}>
                  <button
                    type="button"
                    class="link"
                    onClick={() => {
                      desk.toPlace(it);
                    }}
                  >
                    line {it.line}
                  </button>
                  : {it.message.replaceAll("`", "")} <span class="code">{it.code}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
        {seen === undefined || findings.length === 0 ? null : (
          <p class="meta seen">
            <How desk={desk} seen={seen} />
          </p>
        )}
      </div>
      <ReportRow desk={desk} />
    </>
  );
}

/** Nothing is wrong: what has looked. */
function Clean({ desk, seen }: { desk: LintDesk; seen: Seen | undefined }): JSX.Element {
  return (
    <div class="clean">
      <Tick />
      <div>
        <p class="total">Nothing found</p>
        {seen === undefined ? (
          <p>{isDockerfile(desk.open.value) ? "" : "This file can be used as it is."}</p>
        ) : (
          <p>
            <How desk={desk} seen={seen} />
          </p>
        )}
      </div>
    </div>
  );
}

function How({ desk, seen }: { desk: LintDesk; seen: Seen }): JSX.Element {
  const { rules, instructions, stages, from, ignore } = seen;
  const beside = [from, ignore].filter((it) => it !== undefined);
  return (
    <>
      {plural(rules, "rule")} looked at {plural(instructions, "instruction")} in {plural(stages, "stage")}
      {beside.map((it, at) => (
        <span key={it}>
          {at === 0 ? ", with " : " and "}
          <button
            type="button"
            class="link"
            onClick={() => {
              desk.show(it);
            }}
          >
            {it}
          </button>
        </span>
      ))}
      . Docker's own checks and ShellCheck's are among them.
    </>
  );
}

/** Which rules look. */
function Rules({ desk }: { desk: LintDesk }): JSX.Element {
  const from = desk.result.value?.seen?.from;
  const chosen = desk.preset.value;
  const [, , about] = PRESETS.find((it) => it[0] === (chosen ?? "default")) ?? PRESETS[0];
  const problems = from === undefined ? 0 : (desk.results.value.get(from)?.findings.length ?? 0);
  return (
    <div class="rules">
      <label>
        Rules{" "}
        <select
          aria-describedby="rules-about"
          value={chosen ?? ""}
          onChange={(event) => {
            desk.choose(presetOf(event.currentTarget.value));
          }}
        >
          {from === undefined ? null : <option value="">As {from} says</option>}
          {PRESETS.map(([value, name]) => (
            <option key={value} value={value === "default" && from === undefined ? "" : value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p class="vh" id="rules-about">
        {from !== undefined && chosen === undefined ? `What ${from} says.` : about}
      </p>
      {problems === 0 || from === undefined ? null : (
        <button
          type="button"
          class="link"
          onClick={() => {
            desk.show(from);
          }}
        >
          {from} has {plural(problems, "error")}
        </button>
      )}
    </div>
  );
}

/** Which findings are shown, with how many there are, and what mends them all. */
function Filters({ desk, result }: { desk: LintDesk; result: Result }): JSX.Element {
  const { findings } = result;
  const safe = findings.filter((it) => it.fix?.safety === "safe").length;
  return (
    <div class="filters">
      <div class="chips" role="group" aria-label="Show">
        {SEVERITIES.map((it) => {
          const number = findings.filter((finding) => finding.severity === it).length;
          return (
            <button
              key={it}
              type="button"
              data-severity={it}
              disabled={number === 0}
              aria-pressed={number > 0 && !desk.hidden.value.has(it)}
              onClick={() => {
                desk.toggle(it);
              }}
            >
              {heading(it)} <b>{number}</b>
            </button>
          );
        })}
      </div>
      {safe === 0 ? null : (
        <button type="button" class="primary" onClick={() => void desk.showAll()}>
          Fix all safe
        </button>
      )}
    </div>
  );
}
