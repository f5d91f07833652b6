/** A sheet of text under measurement. */

import type { JSX } from "preact";

/** The drawing. */
export function SheetDrawing(): JSX.Element {
  return (
    <svg class="hull sheet-drawing" viewBox="0 0 320 132" aria-hidden="true" focusable="false">
      <path
        class="grid"
        d="M0 22h320M0 44h320M0 66h320M0 88h320M0 110h320M40 0v132M80 0v132M120 0v132M160 0v132M200 0v132M240 0v132M280 0v132"
      />
      <path class="skin" d="M62 10h132l22 22v90H62z" />
      <path d="M194 10v22h22" />
      <path d="M78 34h44M78 50h96M78 66h70M78 82h112M78 98h52" />
      <path class="wave" d="M112 72.500q2.500-4 5 0t5 0 5 0 5 0 5 0 5 0" />
      <path class="measure" d="M50 10v112M46 10h8M46 122h8M216 66h24" />
      <circle class="frames" cx="252" cy="66" r="12" />
      <path class="frames" d="M252 60v8M252 71.500v.2" />
    </svg>
  );
}
