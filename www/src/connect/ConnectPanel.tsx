/** How My Docker stands, in one sentence, and what to do. In the terminal, and on the page Connect. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useParts } from "../ui/context";
import type { Link } from "./docker";

/** The panel. */
export function ConnectPanel(): JSX.Element {
  const { docker } = useParts();
  const link = docker.link.value;
  return (
    <div class="connect" data-link={link.kind}>
      <p class="status" role="status">
        <Sentence link={link} />
      </p>
      <What link={link} />
    </div>
  );
}

function Sentence({ link }: { link: Link }): JSX.Element {
  switch (link.kind) {
    case "off":
      return <b>My Docker is not connected.</b>;
    case "looking":
      return <b>Looking for the agent…</b>;
    case "no-agent":
      return <b>No agent serves this page.</b>;
    case "not-paired":
      return link.reason === undefined ? (
        <b>The agent is here. This page is not paired with it.</b>
      ) : (
        <>
          <b>Not paired.</b> {link.reason}
        </>
      );
    case "no-engine":
      return (
        <>
          <b>Paired, but there is no Docker engine.</b> The agent runs and cannot reach Docker.
        </>
      );
    case "connected":
      return (
        <>
          <b>Connected to Docker {link.engine.version}.</b> Commands run on your computer.
        </>
      );
    case "lost":
      return (
        <>
          <b>The connection was lost.</b> {link.reason}
        </>
      );
  }
}

function What({ link }: { link: Link }): JSX.Element | null {
  const { docker } = useParts();
  const again = (label: string): JSX.Element => (
    <button
      type="button"
      onClick={() => {
        void docker.connect();
      }}
    >
      {label}
    </button>
  );
  switch (link.kind) {
    case "looking":
      return null;
    case "off":
      return <div class="row">{again("Connect")}</div>;
    case "no-agent":
      return (
        <>
          <p>
            Run <code>cargo xtask serve</code> in the Dockwright folder, then open the link that it prints.
            The agent serves this page itself, on an address of your own computer.
          </p>
          <div class="row">{again("Look again")}</div>
        </>
      );
    case "not-paired":
      return (
        <>
          <p>
            Open the link that the agent prints when it starts. Or type the code that stands behind{" "}
            <code>#c=</code> in that link:
          </p>
          <CodeForm />
        </>
      );
    case "no-engine":
      return (
        <>
          <p>
            Start Docker, for example with <code>sudo systemctl start docker</code> or by opening Docker
            Desktop. The agent looks again by itself.
          </p>
          <div class="row">{again("Look again")}</div>
        </>
      );
    case "connected":
      return (
        <div class="row">
          <button
            type="button"
            onClick={() => {
              void docker.disconnect();
            }}
          >
            Disconnect
          </button>
        </div>
      );
    case "lost":
      return <div class="row">{again("Connect again")}</div>;
  }
}

function CodeForm(): JSX.Element {
  const { docker } = useParts();
  const code = useSignal("");
  return (
    <form
      class="codeform"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.value.trim() !== "") {
          void docker.pair(code.value.replace(/^.*#c=/, ""));
        }
      }}
    >
      <label for="pairing-code">Pairing code</label>
      <input
        id="pairing-code"
        type="text"
        spellcheck={false}
        autocapitalize="off"
        autocomplete="one-time-code"
        value={code.value}
        onInput={(event) => {
          code.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="primary">
        Pair
      </button>
    </form>
  );
}
