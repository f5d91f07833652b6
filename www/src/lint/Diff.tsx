/** What a repair changes, line by line. */

import type { JSX } from "preact";
import { hunks, type Line } from "./diff";

const SIGNS: Record<Line["kind"], string> = { same: " ", removed: "-", added: "+" };
const NAMES: Record<Line["kind"], string> = { same: "", removed: "removed: ", added: "added: " };

/** The lines that go, those that come, and some around. */
export function Diff({ before, after }: { before: string; after: string }): JSX.Element {
  return (
    <div class="diff" role="group" aria-label="What changes" tabIndex={0} translate={false}>
      {hunks(before, after).map((hunk) => (
        <pre key={hunk.line}>
          <span class="at">line {hunk.line}</span>
          {hunk.lines.map(({ kind, text }, at) => (
            <span key={at} class="line" data-kind={kind}>
              <span class="sign" aria-hidden="true">
                {SIGNS[kind]}
              </span>
              <span class="vh">{NAMES[kind]}</span>
              <code>{text === "" ? " " : text}</code>
            </span>
          ))}
        </pre>
      ))}
    </div>
  );
}
