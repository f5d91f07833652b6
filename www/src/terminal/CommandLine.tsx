/** The command line: a real input in a form, with history, completion, and Run or Stop. */

import { effect, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Completion } from "../core";
import { announce } from "../state/announce";
import { useParts } from "../ui/context";
import { complete } from "./complete";
import { KeyRow } from "./KeyRow";
import { pasted } from "./paste";
import { runAll, type Shell } from "./shell";

/** The form, and on phones a row of keys above it. */
export function CommandLine({ shell, disabled }: { shell: Shell; disabled: boolean }): JSX.Element {
  const { desk, workspace } = useParts();
  const { screen } = shell;
  const input = useRef<HTMLInputElement>(null);
  const completion = useSignal<Completion | undefined>(undefined);
  const offered = useSignal<readonly string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(
    () =>
      effect(() => {
        if (desk.wantCommand.value > 0) {
          requestAnimationFrame(() => {
            input.current?.focus();
          });
        }
      }),
    [desk],
  );

  const typed = (line: string): void => {
    screen.draft.value = line;
    completion.value = undefined;
    offered.value = [];
    clearTimeout(timer.current);
    if (!screen.secret.value) {
      timer.current = setTimeout(() => void workspace.follow(line).catch(() => undefined), 150);
      const cursor = input.current?.selectionStart ?? line.length;
      void ask(line, cursor);
    }
  };
  const ask = async (line: string, cursor: number): Promise<void> => {
    try {
      const found = await shell.complete(line, cursor);
      if (screen.draft.peek() === line) {
        completion.value = found;
      }
    } catch {
      // No completion, then.
    }
  };
  const submit = (): void => {
    const line = screen.draft.value;
    if (screen.running.value && !screen.secret.value && shell.where === "simulated") {
      announce("A program is running. Stop it first.");
      return;
    }
    screen.draft.value = "";
    completion.value = undefined;
    offered.value = [];
    void runAll(shell, [line]);
  };
  const take = (): boolean => {
    const found = completion.value;
    const line = screen.draft.value;
    const next = found === undefined ? undefined : complete(line, found);
    if (found === undefined || next === undefined) {
      return false;
    }
    if (next.line === line) {
      const seen = offered.value.length > 0;
      offered.value = found.items.map((it) => it.trim());
      return !seen;
    }
    typed(next.line);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.cursor, next.cursor));
    return true;
  };
  const keys = (event: KeyboardEvent): void => {
    // Enter that ends a composition is not a command.
    if (event.isComposing) {
      return;
    }
    const line = screen.draft.value;
    const control = event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const found = event.key === "ArrowUp" ? screen.history.earlier(line) : screen.history.later();
      event.preventDefault();
      if (found !== undefined) {
        typed(found);
      }
    } else if (event.key === "Tab" && !event.shiftKey && !control && line !== "" && take()) {
      event.preventDefault();
    } else if (control && event.key === " ") {
      event.preventDefault();
      take();
      offered.value = completion.value?.items.map((it) => it.trim()) ?? [];
    } else if (control && event.key.toLowerCase() === "r") {
      event.preventDefault();
      const found = screen.history.find(line);
      if (found === undefined) {
        announce("No earlier command contains this.");
      } else {
        typed(found);
      }
    } else if (control && event.key.toLowerCase() === "c" && nothingSelected(event.currentTarget)) {
      event.preventDefault();
      if (screen.running.value || shell.asked.value) {
        typed("");
        shell.stop();
      } else {
        typed("");
      }
    } else if (control && event.key.toLowerCase() === "l") {
      event.preventDefault();
      screen.clear();
    }
  };
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!text.includes("\n") || screen.secret.value) {
      return;
    }
    event.preventDefault();
    const { run, rest } = pasted(text);
    if (shell.where === "real" || screen.running.value) {
      // On a real machine nothing runs because it was pasted.
      typed([...run, rest].find((it) => it !== "") ?? "");
      screen.note("Only the first line was pasted. It runs when you press Enter.");
      return;
    }
    typed(rest);
    void runAll(shell, run);
  };

  const secret = screen.secret.value;
  const asked = shell.asked.value;
  const running = screen.running.value && !asked;
  return (
    <div class="command">
      {offered.value.length === 0 ? null : (
        <p class="offers" role="status">
          {offered.value.slice(0, 40).map((it) => (
            <code key={it}>{it}</code>
          ))}
        </p>
      )}
      <KeyRow
        insert={(text) => {
          const it = input.current;
          if (it !== null) {
            it.setRangeText(
              text,
              it.selectionStart ?? it.value.length,
              it.selectionEnd ?? it.value.length,
              "end",
            );
            typed(it.value);
            it.focus();
          }
        }}
        complete={() => {
          take();
          input.current?.focus();
        }}
        earlier={() => {
          const found = screen.history.earlier(screen.draft.value);
          if (found !== undefined) {
            typed(found);
          }
          input.current?.focus();
        }}
      />
      <form
        class="cmdline"
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label for="command">
          <span class="vh">{asked ? "Answer, " : "Command line, "}</span>
          <span class="prompt">{screen.prompt.value}</span>
        </label>
        <input
          id="command"
          ref={input}
          {...({ type: secret ? "password" : "text" } as { type: "text" })}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          enterkeyhint="send"
          translate={false}
          aria-describedby="command-help"
          disabled={disabled}
          value={screen.draft.value}
          onInput={(event) => {
            typed(event.currentTarget.value);
          }}
          onKeyDown={keys}
          onPaste={paste}
        />
        {running ? (
          <button
            type="button"
            class="stop"
            onClick={() => {
              shell.stop();
              input.current?.focus();
            }}
          >
            Stop
          </button>
        ) : (
          <button type="submit" disabled={disabled}>
            {asked ? "Answer" : "Run"}
          </button>
        )}
        {asked ? (
          <button
            type="button"
            onClick={() => {
              typed("");
              shell.stop();
              input.current?.focus();
            }}
          >
            Cancel
          </button>
        ) : null}
      </form>
      <p id="command-help" class="vh">
        Enter runs the command. Up and Down browse history. Control Space completes.
      </p>
    </div>
  );
}

function nothingSelected(it: EventTarget | null): boolean {
  return !(it instanceof HTMLInputElement) || it.selectionStart === it.selectionEnd;
}
