/** The page about My Docker: how it stands, what it may do. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { links } from "../state/route";
import { useParts } from "../ui/context";
import { Footer } from "../ui/Footer";
import { Plug } from "../ui/Icons";
import { ConnectPanel } from "./ConnectPanel";

/** The page. */
export function Connect(): JSX.Element {
  const { docker, desk } = useParts();
  useEffect(() => {
    if (docker.link.peek().kind === "off") {
      void docker.connect();
    }
  }, [docker]);
  const connected = docker.link.value.kind === "connected";
  return (
    <main class="page">
      <h1>My Docker</h1>
      <p class="lead">
        The same command line, on your own Docker. A small program on your computer, the agent, carries the
        commands.
      </p>
      <section class="sheet connection" aria-label="Connection">
        <Plug />
        <ConnectPanel />
      </section>
      {connected ? (
        <p>
          <a
            class="button primary"
            href={links.sandbox}
            onClick={() => {
              desk.mode.value = "real";
            }}
          >
            Open the sandbox on my Docker
          </a>
        </p>
      ) : null}
      <section>
        <h2>What the agent does</h2>
        <ul>
          <li>It listens on your own computer only, and answers this page only after pairing.</li>
          <li>
            It runs single <code>docker</code> commands that you type. The page has no other way to your
            computer.
          </li>
          <li>Builds get the files that you see in the editor, and nothing else from your disk.</li>
          <li>
            Containers run with limits on memory, processors and processes, and are removed when they end.
          </li>
          <li>
            It refuses what would hand over your computer, such as <code>--privileged</code> or{" "}
            <code>-v /:/host</code>.
          </li>
        </ul>
      </section>
      <Footer />
    </main>
  );
}
