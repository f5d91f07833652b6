/** The emulator, while a program on the real machine has a terminal of its own. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { announce } from "../state/announce";
import type { RealShell } from "./real";
import type { Emulator } from "./xterm";

/** The pane. Ctrl+Shift+Escape leaves it by keyboard. */
export function TtyPane({ shell }: { shell: RealShell }): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const leave = useRef<HTMLButtonElement>(null);
  const emulator = useRef<Emulator | undefined>(undefined);
  const failed = useSignal(false);
  useEffect(() => {
    let gone = false;
    const place = host.current;
    if (place === null) {
      return;
    }
    import("./xterm").then(
      ({ open }) => {
        if (gone) {
          return;
        }
        emulator.current = open(place, {
          typed: (text) => {
            shell.type(text);
          },
          resized: (cols, rows) => {
            shell.resize(cols, rows);
          },
          left: () => leave.current?.focus(),
        });
        shell.attach(emulator.current);
      },
      () => {
        failed.value = true;
      },
    );
    return () => {
      gone = true;
      const text = emulator.current?.text() ?? "";
      if (text !== "") {
        shell.remember(`${text}\n`);
      }
      emulator.current?.dispose();
    };
  }, [shell, failed]);
  return (
    <div class="tty">
      <div class="row">
        <button
          type="button"
          class="small"
          ref={leave}
          onClick={() => {
            shell.stop();
          }}
        >
          Leave terminal
        </button>
        <button
          type="button"
          class="small"
          onClick={() => {
            copy(emulator.current?.text() ?? "");
          }}
        >
          Copy text
        </button>
        <p class="tip">
          All keys go to the program. <kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>Esc</kbd> brings you here.
        </p>
      </div>
      {failed.value ? (
        <p class="said">The terminal emulator could not be loaded. Leave, and reload the page.</p>
      ) : null}
      <div class="screen" ref={host} translate={false} />
    </div>
  );
}

function copy(text: string): void {
  navigator.clipboard.writeText(text).then(
    () => {
      announce("Copied.");
    },
    () => {
      announce("The browser did not allow copying.");
    },
  );
}
