/** The bar on top of every page. Help comes last, on all of them. */

import type { JSX } from "preact";
import type { Link } from "../connect/docker";
import { links, route } from "../state/route";
import { THEMES, type Theme, theme } from "../state/theme";
import { useParts } from "./context";
import { Logo, Monitor, Moon, Sun } from "./Icons";

/** The header. */
export function Header(): JSX.Element {
  const { kind } = route.value;
  const here = (it: boolean): "page" | undefined => (it ? "page" : undefined);
  return (
    <header class="bar">
      <a class="brand" href={links.start} aria-current={here(kind === "start")}>
        <Logo />
        <span>Dockwright</span>
      </a>
      <nav aria-label="Site">
        <a href={links.course} aria-current={here(kind === "course" || kind === "lesson")}>
          Lessons
        </a>
        <a href={links.sandbox} aria-current={here(kind === "sandbox")}>
          Sandbox
        </a>
        <a href={links.lint} aria-current={here(kind === "lint")}>
          Linter
        </a>
      </nav>
      <Mode />
      <Themes />
      <a class="help" href={links.help} aria-current={here(kind === "help")}>
        Help
      </a>
    </header>
  );
}

const STATES: Record<Link["kind"], string> = {
  off: "not connected",
  looking: "connecting",
  "no-agent": "no agent",
  "not-paired": "not paired",
  "no-engine": "no engine",
  connected: "connected",
  lost: "connection lost",
};

function Mode(): JSX.Element {
  const { desk, docker } = useParts();
  const { mode } = desk;
  const { kind } = docker.link.value;
  const choose = (next: "simulated" | "real"): void => {
    mode.value = next;
    if (next === "real" && kind !== "connected" && kind !== "looking") {
      void docker.connect();
    }
  };
  return (
    <div class="segments mode" role="group" aria-label="Where commands run">
      <button
        type="button"
        aria-pressed={mode.value === "simulated"}
        onClick={() => {
          choose("simulated");
        }}
      >
        Simulated
      </button>
      <button
        type="button"
        aria-pressed={mode.value === "real"}
        data-link={kind}
        onClick={() => {
          choose("real");
        }}
      >
        My Docker <span class="pill">{STATES[kind]}</span>
      </button>
    </div>
  );
}

const THEME_NAMES: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };
const THEME_ICONS: Record<Theme, () => JSX.Element> = { system: Monitor, light: Sun, dark: Moon };

function Themes(): JSX.Element {
  return (
    <div class="segments themes" role="group" aria-label="Theme">
      {THEMES.map((it) => {
        const Icon = THEME_ICONS[it];
        return (
          <button
            key={it}
            type="button"
            aria-pressed={theme.value === it}
            aria-label={THEME_NAMES[it]}
            title={THEME_NAMES[it]}
            onClick={() => {
              theme.value = it;
            }}
          >
            <Icon />
          </button>
        );
      })}
    </div>
  );
}
