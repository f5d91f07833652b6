/** A hull on the drawing table: an image, built up layer by layer on its base. Decoration. */

import type { JSX } from "preact";

const FRAMES = [118, 158, 198, 238, 278, 318, 358] as const;

/** How high the sheer line is at `x`: the frames end above it. */
function sheer(x: number): number {
  const t = (x - 60) / 360;
  return 84 - 26 * t + 34 * t * (1 - t);
}

/** The drawing. */
export function HullDrawing(): JSX.Element {
  return (
    <svg class="hull" viewBox="0 0 480 232" aria-hidden="true" focusable="false">
      <g class="grid">
        {[52, 92, 132, 172].map((y) => (
          <path key={y} d={`M20 ${String(y)}H460`} />
        ))}
        {FRAMES.map((x) => (
          <path key={x} d={`M${String(x)} 20V196`} />
        ))}
      </g>
      <path class="skin" d="M60 84C62 132 92 170 142 172H332C376 170 408 118 420 58C300 108 170 108 60 84Z" />
      <g class="water">
        <path d="M70 118C180 138 300 134 407 96" />
        <path d="M88 146C190 158 300 156 388 130" />
      </g>
      <g class="frames">
        {FRAMES.map((x) => (
          <path
            key={x}
            d={`M${String(x)} ${String(Math.round(sheer(x)) + 12)}V${String(Math.round(sheer(x)) - 26)}`}
          />
        ))}
        <path d="M70 66C190 88 310 82 412 38" />
      </g>
      <g class="keel">
        <path d="M96 184H372" />
        {[120, 200, 280, 350].map((x) => (
          <path key={x} d={`M${String(x)} 172V184`} />
        ))}
      </g>
      <g class="measure">
        <path d="M60 206H420M60 200V212M420 200V212M142 202V210M332 202V210" />
        <path d="M446 58V172M440 58H452M440 172H452" />
      </g>
      <g class="label">
        <text x="101" y="224">
          FROM
        </text>
        <text x="237" y="224">
          RUN · COPY
        </text>
        <text x="376" y="224">
          CMD
        </text>
      </g>
    </svg>
  );
}
