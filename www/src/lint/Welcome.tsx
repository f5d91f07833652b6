/** Nothing is there to check yet: what can be done. */

import type { JSX } from "preact";
import { Choosers } from "./Choosers";
import type { LintDesk } from "./desk";
import { SheetDrawing } from "./SheetDrawing";

/** The words, the buttons, and a drawing. */
export function Welcome({ desk }: { desk: LintDesk }): JSX.Element {
  return (
    <div class="welcome">
      <SheetDrawing />
      <p class="total">Nothing to check yet</p>
      <p>
        Paste a Dockerfile into the editor, or drop files or a folder anywhere on this page. What is found
        stands here, with its place, why it matters, and what mends it.
      </p>
      <div class="row">
        <Choosers desk={desk} primary />
        <button
          type="button"
          onClick={() => {
            desk.example();
          }}
        >
          Load an example
        </button>
      </div>
      <p class="meta">
        A <code>.dockerignore</code>, a <code>dockwright.toml</code> or a <code>.hadolint.yaml</code> beside
        them counts too.
      </p>
    </div>
  );
}
