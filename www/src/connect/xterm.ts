/** xterm.js, loaded only when a program on the real machine has a TTY. */

import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import type { Tty } from "./real";
import { withConstructedStyles } from "./xterm-styles";

/** What the emulator tells. */
export interface Callbacks {
  readonly typed: (text: string) => void;
  readonly resized: (cols: number, rows: number) => void;
  readonly left: () => void;
}

/** A mounted emulator. */
export interface Emulator extends Tty {
  /** All text, as it stands. */
  text(): string;
  dispose(): void;
}

const COLOURS = [
  ["red", "brightRed", "--t-red"],
  ["green", "brightGreen", "--t-prompt"],
  ["yellow", "brightYellow", "--t-yellow"],
  ["blue", "brightBlue", "--t-path"],
  ["magenta", "brightMagenta", "--t-magenta"],
  ["cyan", "brightCyan", "--t-cyan"],
] as const;

/** Mounts an emulator in `host` and gives it the focus. */
export function open(host: HTMLElement, { typed, resized, left }: Callbacks): Emulator {
  const style = getComputedStyle(host);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const terminal = new Terminal({
    fontFamily: colour("--mono"),
    fontSize: 15,
    lineHeight: 1.3,
    cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    screenReaderMode: true,
    scrollback: 5000,
    linkHandler: { activate: () => undefined },
    theme: {
      background: colour("--t-bg"),
      foreground: colour("--t-fg"),
      cursor: colour("--t-focus"),
      black: colour("--t-dim"),
      brightBlack: colour("--t-dim"),
      white: colour("--t-fg"),
      brightWhite: colour("--t-bright"),
      ...Object.fromEntries(
        COLOURS.flatMap(([name, bright, variable]) => [
          [name, colour(variable)],
          [bright, colour(variable)],
        ]),
      ),
    },
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  withConstructedStyles(() => {
    terminal.open(host);
  });
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.ctrlKey && event.shiftKey && event.key === "Escape") {
      left();
      return false;
    }
    return true;
  });
  terminal.onData(typed);
  terminal.onResize(({ cols, rows }) => {
    resized(cols, rows);
  });
  const observer = new ResizeObserver(() => {
    fit.fit();
  });
  observer.observe(host);
  fit.fit();
  resized(terminal.cols, terminal.rows);
  terminal.focus();
  return {
    write: (bytes, written) => {
      terminal.write(bytes, written);
    },
    text: () => allText(terminal),
    dispose: () => {
      observer.disconnect();
      terminal.dispose();
    },
  };
}

function allText(terminal: Terminal): string {
  const buffer = terminal.buffer.normal;
  const lines: string[] = [];
  for (let at = 0; at < buffer.length; at++) {
    const line = buffer.getLine(at);
    const text = line?.translateToString(true) ?? "";
    const before = line?.isWrapped === true ? lines.pop() : undefined;
    if (before !== undefined) {
      lines.push(before + text);
    } else {
      lines.push(text);
    }
  }
  return lines.join("\n").trimEnd();
}
