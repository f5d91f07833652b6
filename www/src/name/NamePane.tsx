/** The name pane: the image of the last command, or any name that is typed. */

import type { JSX } from "preact";
import { NameDrawing } from "./NameDrawing";

/** The pane. */
export function NamePane(): JSX.Element {
  return (
    <section class="pane name" aria-labelledby="anatomy-title">
      <NameDrawing title={<h2 id="anatomy-title">Name anatomy</h2>} />
    </section>
  );
}
