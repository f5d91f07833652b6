/** What must be said on every page. */

import type { JSX } from "preact";

/** The footer. */
export function Footer(): JSX.Element {
  return (
    <footer class="foot">
      <p>Docker is a trademark of Docker, Inc. Dockwright is not affiliated with Docker, Inc.</p>
    </footer>
  );
}
