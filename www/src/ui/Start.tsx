/** The first page: one sentence, four doors, and a name to take apart. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { NameDrawing } from "../name/NameDrawing";
import { links } from "../state/route";
import { useParts } from "./context";
import { Footer } from "./Footer";
import { HullDrawing } from "./HullDrawing";
import { Arrow } from "./Icons";

const EXAMPLE = "registry.hub.docker.com/library/ubuntu:bionic";

/** The page. */
export function Start(): JSX.Element {
  const { workspace } = useParts();
  useEffect(() => {
    if (workspace.name.peek() === "") {
      void workspace.takeApart(EXAMPLE);
    }
  }, [workspace]);
  return (
    <main class="page start">
      <div class="opening">
        <div>
          <h1>Learn how Docker images work by using them.</h1>
          <p class="lead">
            No installation, no account. When you have a Docker of your own, the same commands run there.
          </p>
        </div>
        <HullDrawing />
      </div>
      <ul class="doors">
        <Door
          href={links.course}
          title="Learn"
          text="Lessons with a simulated Docker in the page. Every step checks what you did."
        />
        <Door
          href={links.sandbox}
          title="Sandbox"
          text="An empty machine, an editor and a terminal. Nothing runs on your computer."
        />
        <Door
          href={links.lint}
          title="Lint"
          text="Check Dockerfiles of your own: what is wrong, why, and what mends it."
        />
        <Door
          href={links.connect}
          title="Connect"
          text="Use your own Docker from this page, through an agent that you start."
        />
      </ul>
      <section class="sheet" aria-labelledby="name-title">
        <h2 id="name-title">Read an image name</h2>
        <p>A name has up to five parts. Docker fills in what you leave out.</p>
        <NameDrawing large />
      </section>
      <Footer />
    </main>
  );
}

function Door({ href, title, text }: { href: string; title: string; text: string }): JSX.Element {
  return (
    <li>
      <a href={href}>
        <strong>
          {title} <Arrow />
        </strong>
        <span>{text}</span>
      </a>
    </li>
  );
}
