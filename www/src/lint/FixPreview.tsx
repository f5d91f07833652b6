/** A repair before it is made: what changes, and whether it may. */

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Diff } from "./Diff";
import type { LintDesk, Preview } from "./desk";

const SAYS: Record<Preview["safety"], string> = {
  safe: "The image stays the same, or a build that failed does what was meant.",
  unsafe: "This may change what the image does. Look at it before you apply it.",
  display: "A suggestion: a part of it is for you to decide, so it is not applied here.",
};

/** The preview, with what to do about it. */
export function FixPreview({ desk, preview }: { desk: LintDesk; preview: Preview }): JSX.Element {
  const { finding, title, before, after, safety } = preview;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // It stands somewhere else than the button that has asked for it.
    if (finding === undefined) {
      box.current?.focus();
    }
  }, [finding]);
  const done = (): void => {
    document.getElementById("findings-title")?.focus();
  };
  return (
    <div class="fix" ref={box} role="group" tabIndex={-1} aria-label={title}>
      {finding === undefined ? <p class="what">{title}</p> : null}
      <p class="help">{SAYS[safety]}</p>
      <Diff before={before} after={after} />
      <div class="row">
        {safety === "display" ? null : (
          <button
            type="button"
            class="primary small"
            onClick={() => {
              void desk.apply().then(done);
            }}
          >
            Apply
          </button>
        )}
        <button
          type="button"
          class="small"
          onClick={() => {
            desk.preview.value = undefined;
            done();
          }}
        >
          {safety === "display" ? "Close" : "Cancel"}
        </button>
      </div>
    </div>
  );
}
