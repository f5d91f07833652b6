/** Help: keys, what is simulated, and where things are kept. */

import type { JSX } from "preact";
import { links } from "../state/route";
import { useParts } from "./context";
import { Footer } from "./Footer";

/** The page. */
export function Help(): JSX.Element {
  const { desk } = useParts();
  return (
    <main class="page">
      <h1>Help</h1>
      <section>
        <h2>Keys</h2>
        <dl class="keys">
          <Key keys={["Enter"]} text="runs the command line." />
          <Key keys={["Up", "Down"]} text="browse earlier commands." />
          <Key keys={["Tab"]} text="completes a word if there is a completion. Otherwise it moves on." />
          <Key keys={["Ctrl", "Space"]} text="shows all completions." />
          <Key keys={["Ctrl", "R"]} text="finds an earlier command that contains what you have typed." />
          <Key keys={["Ctrl", "C"]} text="stops the running program. The Stop button does the same." />
          <Key keys={["Esc", "then Tab"]} text="leaves the editor." />
        </dl>
      </section>
      <section>
        <h2>Simulated</h2>
        <p>
          Commands run in this page, on a machine that does not exist. Images, containers and a registry are
          simulated. Docker's own words are printed as Docker prints them; lines that begin with{" "}
          <b>Dockwright</b> are ours. What is not simulated says so.
        </p>
        <p>The list in the terminal's header chooses which version of Docker prints the tables.</p>
      </section>
      <section>
        <h2>My Docker</h2>
        <p>
          Commands run on your computer, through an agent that you start yourself.{" "}
          <a href={links.connect}>Connect your Docker</a>.
        </p>
      </section>
      <section>
        <h2>Linter</h2>
        <p>
          <a href={links.lint}>The linter</a> reads your files in this browser and sends them nowhere. They
          are gone when you close the page. A link that you copy there has the files in itself, behind the{" "}
          <code>#</code>, which browsers send to no server.
        </p>
      </section>
      <section>
        <h2>Your progress</h2>
        <p>It is kept in this browser and sent nowhere. Command lines and files are not stored.</p>
      </section>
      <section>
        <h2>Editor</h2>
        <label class="check">
          <input
            type="checkbox"
            checked={desk.simple.value}
            onChange={(event) => {
              desk.setSimple(event.currentTarget.checked);
            }}
          />
          <span>
            Simple editor: a plain text area, without colours and marks. The findings below it stay.
          </span>
        </label>
      </section>
      <Footer />
    </main>
  );
}

function Key({ keys, text }: { keys: readonly string[]; text: string }): JSX.Element {
  return (
    <div>
      <dt>
        {keys.map((it, at) => (
          <kbd key={at}>{it}</kbd>
        ))}
      </dt>
      <dd>{text}</dd>
    </div>
  );
}
