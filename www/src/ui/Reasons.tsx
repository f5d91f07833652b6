/** What explains the work: why something runs, what a build does, what a name means. One at a time, behind tabs. */

import type { JSX } from "preact";
import { BuildPane } from "../build/BuildPane";
import { NamePane } from "../name/NamePane";
import { REASONS, type Reason } from "../state/desk";
import { WhyPane } from "../why/WhyPane";
import { useParts } from "./context";

const NAMES: Record<Reason, string> = { why: "Why this runs", build: "Build", name: "Name" };
const PANES: Record<Reason, () => JSX.Element> = { why: WhyPane, build: BuildPane, name: NamePane };

/** The tabs and the pane that is open. */
export function Reasons(): JSX.Element {
  const { desk } = useParts();
  const open = desk.reason.value;
  const Pane = PANES[open];
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = REASONS.indexOf(open);
    const ends = { Home: 0, End: REASONS.length - 1 }[event.key];
    const to = ends ?? (by === undefined ? undefined : (at + by + REASONS.length) % REASONS.length);
    const next = to === undefined ? undefined : REASONS[to];
    if (next !== undefined) {
      event.preventDefault();
      desk.reason.value = next;
      document.getElementById(`reason-${next}`)?.focus();
    }
  };
  return (
    <div class="reasons">
      <div class="reasontabs" role="tablist" aria-label="What explains it" onKeyDown={move}>
        {REASONS.map((it) => (
          <button
            key={it}
            type="button"
            role="tab"
            id={`reason-${it}`}
            aria-selected={open === it}
            aria-controls="reason-panel"
            tabIndex={open === it ? 0 : -1}
            onClick={() => {
              desk.reason.value = it;
            }}
          >
            {NAMES[it]}
          </button>
        ))}
      </div>
      <div
        class="reasonpanel"
        role="tabpanel"
        id="reason-panel"
        aria-labelledby={`reason-${open}`}
        tabIndex={0}
      >
        <Pane />
      </div>
    </div>
  );
}
