/** The sandbox's text: what the machine has, and lines to begin with. */

import type { JSX } from "preact";
import type { Node } from "../core";
import { links } from "../state/route";
import { useParts } from "../ui/context";
import { Footer } from "../ui/Footer";
import { Prose } from "../ui/Words";
import { MachineButtons } from "./MachineButtons";

const EXAMPLES = [
  "docker pull ubuntu:bionic",
  "docker images",
  "docker run -it ubuntu:bionic",
  "docker build -t me/first .",
].map((it): Node => ({ tag: "pre", attrs: { lang: "console", run: "true" }, children: [it] }));

/** The column. */
export function SandboxColumn(): JSX.Element {
  const { desk } = useParts();
  const real = desk.mode.value === "real";
  return (
    <section class="lesson" aria-labelledby="sandbox-title">
      <h1 class="title" id="sandbox-title">
        Sandbox
      </h1>
      {real ? (
        <p>
          Your own Docker. Builds get the files of the editor, containers have limits and are removed when
          they end. What you pull or build stays on your computer.
        </p>
      ) : (
        <p>
          A machine with Docker, simulated in this page. Write a Dockerfile, build it, run it. Nothing can
          break: undo turns the machine back.
        </p>
      )}
      <Prose nodes={EXAMPLES} />
      {real ? null : <MachineButtons />}
      <p class="meta">
        Type <code>help</code> to see which commands are simulated. To be led, take a{" "}
        <a href={links.course}>lesson</a>.
      </p>
      <Footer />
    </section>
  );
}
