/** The terminal: header, log, command line; in My Docker also the connection and the emulator. */

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ConnectPanel } from "../connect/ConnectPanel";
import { TtyPane } from "../connect/TtyPane";
import type { Profile } from "../core";
import { useParts } from "../ui/context";
import { CommandLine } from "./CommandLine";
import { EntryView } from "./EntryView";
import type { Screen } from "./screen";
import type { Shell } from "./shell";

/** The pane. */
export function TerminalPane(): JSX.Element {
  const { desk, simulated, real, docker } = useParts();
  const isReal = desk.mode.value === "real";
  const shell: Shell = isReal ? real : simulated;
  const connected = docker.link.value.kind === "connected";
  return (
    <section
      class="pane terminal"
      data-of="terminal"
      data-mode={desk.mode.value}
      aria-labelledby="terminal-title"
    >
      <div class="head">
        <h2 id="terminal-title">Terminal</h2>
        <p class="tip">
          <span class="badge">{isReal ? "MY DOCKER" : "SIMULATED"}</span>{" "}
          {isReal ? "This runs on your computer." : "Nothing runs on your computer."}
        </p>
        <ProfileSelect />
      </div>
      {isReal && !connected ? <ConnectPanel /> : null}
      {isReal && real.tty.value ? (
        <TtyPane shell={real} />
      ) : (
        <>
          <Log screen={shell.screen} />
          <CommandLine key={shell.where} shell={shell} disabled={isReal && !connected} />
        </>
      )}
    </section>
  );
}

const PROFILES: readonly (readonly [Profile, string])[] = [
  ["20.10", "Docker 20.10 (as in the article)"],
  ["28", "Docker 28"],
  ["29", "Docker 29"],
];

function ProfileSelect(): JSX.Element {
  const { core, player } = useParts();
  return (
    <label class="profile">
      <span>Prints like</span>
      <select
        value={player.profile.value}
        onChange={(event) => {
          const profile = event.currentTarget.value as Profile;
          player.profile.value = profile;
          void core.call("setProfile", profile);
        }}
      >
        {PROFILES.map(([it, name]) => (
          <option key={it} value={it}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Keeps its end in view, unless the reader has scrolled up. */
function Log({ screen }: { screen: Screen }): JSX.Element {
  const { desk } = useParts();
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const entries = screen.entries.value;
  useEffect(() => {
    const it = log.current;
    if (it !== null && atEnd.current) {
      it.scrollTop = it.scrollHeight;
    }
    if (entries.length > 0 && desk.pane.peek() !== "terminal") {
      desk.unseen.value = true;
    }
  }, [entries, desk]);
  return (
    <div
      ref={log}
      class="log"
      role="log"
      aria-labelledby="terminal-title"
      tabIndex={0}
      translate={false}
      onScroll={(event) => {
        const it = event.currentTarget;
        atEnd.current = it.scrollHeight - it.scrollTop - it.clientHeight < 24;
      }}
    >
      {entries.length === 0 ? (
        <p class="empty">
          Type a command, for example <code>docker images</code>, and press Enter.
        </p>
      ) : null}
      {entries.map((it) => (
        <EntryView key={it.id} entry={it} />
      ))}
    </div>
  );
}
