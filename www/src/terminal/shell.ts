/** What the command line talks to: the simulated machine, or the real one. */

import type { Completion } from "../core";
import type { Screen } from "./screen";

/** A machine that runs command lines. */
export interface Shell {
  readonly where: "simulated" | "real";
  readonly screen: Screen;
  /** The running command waits for an answer. */
  readonly asked: { readonly value: boolean };
  /** Runs one line; settles when the line has ended or a program holds the terminal. The answer is the exit status. */
  submit(line: string): Promise<number | undefined>;
  /** Ends the running program. */
  stop(): void;
  complete(line: string, cursor: number): Promise<Completion | undefined>;
}

/** Runs lines in their order; stops at the first one that fails, and says which. */
export async function runAll(shell: Shell, lines: readonly string[]): Promise<void> {
  for (const [at, line] of lines.entries()) {
    const exit = await shell.submit(line);
    const left = lines.length - at - 1;
    if (left > 0 && ((exit ?? 0) !== 0 || shell.screen.running.value)) {
      const why = shell.screen.running.value ? "is still running" : `ended with status ${String(exit)}`;
      shell.screen.note(
        `\`${line}\` ${why}. The ${left === 1 ? "line" : `${String(left)} lines`} after it did not run.`,
      );
      return;
    }
  }
}
