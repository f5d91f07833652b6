/** The Why table: where ENTRYPOINT and CMD come from, what lost and for which reason, and the process that starts. */

import type { JSX } from "preact";
import type { WhyCell, WhyRow } from "../core";
import { useParts } from "../ui/context";
import { LineLink } from "../ui/LineLink";
import { Words } from "../ui/Words";
import { WhyValues } from "./WhyValues";

/** The pane. */
export function WhyPane(): JSX.Element {
  const { workspace } = useParts();
  const why = workspace.why.value;
  const line = workspace.runLine.value;
  return (
    <section class="pane why" aria-labelledby="why-title">
      <div class="head">
        <h2 id="why-title">Why this runs</h2>
        <p class="tip">
          {line === "" ? (
            <>
              for <code>docker run</code> without more words
            </>
          ) : (
            <>
              for <code>{line}</code>
            </>
          )}
        </p>
      </div>
      {why === undefined ? (
        <p class="empty" role="status">
          Reading the Dockerfile…
        </p>
      ) : (
        <Table rows={why.rows} argv={why.argv} error={why.error} />
      )}
      {why === undefined || why.notes.length === 0 ? null : (
        <ul class="whynotes">
          {why.notes.map((it, at) => (
            <li key={at}>
              <Words text={it} />
            </li>
          ))}
        </ul>
      )}
      {why === undefined ? null : <WhyValues why={why} />}
    </section>
  );
}

interface Resolved {
  readonly rows: readonly WhyRow[];
  readonly argv: readonly string[];
  readonly error: string | undefined;
}

function Table({ rows, argv, error }: Resolved): JSX.Element {
  return (
    <div class="scroll" role="group" aria-label="Resolution of ENTRYPOINT and CMD" tabIndex={0}>
      <table>
        <caption class="vh">How ENTRYPOINT and CMD were resolved, from the base image to docker run</caption>
        <thead>
          <tr>
            <th scope="col">Set by</th>
            <th scope="col">ENTRYPOINT</th>
            <th scope="col">CMD</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              <th scope="row">
                <Origin row={row} />
              </th>
              <Value
                cell={row.entrypoint}
                label="ENTRYPOINT"
                unset={row.source === "run" ? "no flag" : "not set"}
              />
              <Value cell={row.cmd} label="CMD" unset={row.source === "run" ? "no words" : "not set"} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              Process <span class="reason">PID 1</span>
            </th>
            <td colSpan={2}>
              {error === undefined ? (
                <code class="process">{argv.map(shown).join(" ")}</code>
              ) : (
                <span class="fails">
                  <b>Nothing starts.</b> <Words text={error} />
                </span>
              )}
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Origin({ row }: { row: WhyRow }): JSX.Element {
  switch (row.source) {
    case "base":
      return (
        <>
          Base <code>{row.name}</code>
        </>
      );
    case "dockerfile":
      return (
        <>
          Dockerfile
          {row.lines === undefined ? null : (
            <span class="reason">
              <LineLink at={row.lines} />
            </span>
          )}
        </>
      );
    case "run":
      return <code>docker run</code>;
  }
}

function Value({ cell, label, unset }: { cell: WhyCell; label: string; unset: string }): JSX.Element {
  const { value, state, reason } = cell;
  return (
    <td data-label={label} data-state={state}>
      {value === undefined ? (
        <span class="nil">{unset}</span>
      ) : state === "lost" ? (
        <s>
          <code>{value}</code>
        </s>
      ) : (
        <code>{value}</code>
      )}
      {reason === undefined ? null : (
        <span class="reason">
          <Words text={reason} />
        </span>
      )}
    </td>
  );
}

/** A word as a shell would need it, so that an argument with a blank is seen to be one. */
function shown(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
