/** The simulated machine's terminal. */

import { batch, computed, signal } from "@preact/signals";
import type { Completion, Core, Turn } from "../core";
import { announce } from "../state/announce";
import { Screen } from "./screen";
import type { Shell } from "./shell";

const TICK = 1000;
const MOST_TICKS = 20;

/** What the rest of the page does around a command. */
export interface Around {
  /** Before a line is run. */
  before(): Promise<void>;
  /** After each answer. */
  after(line: string): Promise<void>;
  /** The line opens a file in an editor. */
  open(path: string): void;
}

/** Runs lines in the core. */
export class SimulatedShell implements Shell {
  readonly where = "simulated";
  readonly screen = new Screen("user@node:~$ ");
  /** A question is no shell's prompt. */
  readonly asked = computed(() => !/[$#] $/.test(this.screen.prompt.value));
  /** Whether the core has answered yet. */
  readonly ready = signal(false);
  readonly #core: Core;
  readonly #around: Around;
  #queue: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ticks = 0;
  #entry = 0;

  constructor(core: Core, around: Around) {
    this.#core = core;
    this.#around = around;
  }

  submit(line: string): Promise<number | undefined> {
    const { screen } = this;
    const id = screen.begin(line);
    screen.running.value = true;
    const run = this.#queue.then(async () => {
      try {
        await this.#around.before();
        return await this.#take(id, line, await this.#core.call("run", line));
      } catch (error) {
        this.#fail(id, error);
        return 1;
      }
    });
    this.#queue = run;
    return run;
  }

  stop(): void {
    clearTimeout(this.#timer);
    const id = this.#entry;
    this.#queue = this.#queue.then(async () => {
      if (this.screen.running.value || this.asked.value) {
        try {
          await this.#take(id, "", await this.#core.call("interrupt"));
          announce("Stopped.");
        } catch (error) {
          this.#fail(id, error);
        }
      }
    });
  }

  complete(line: string, cursor: number): Promise<Completion> {
    return this.#core.call("complete", line, cursor);
  }

  /** A fresh screen, for another lesson. */
  reset(prompt: string): void {
    clearTimeout(this.#timer);
    this.screen.reset(prompt);
  }

  async #take(id: number, line: string, turn: Turn): Promise<number | undefined> {
    const { screen } = this;
    batch(() => {
      if (turn.cleared) {
        screen.clear();
      }
      screen.write(id, turn.output);
      screen.secret.value = turn.secret;
      if (!turn.running) {
        screen.prompt.value = turn.prompt;
        screen.end(id, turn.exit);
        screen.running.value = false;
        if (turn.cleared) {
          screen.clear();
        }
      }
    });
    if (turn.open !== undefined) {
      this.#around.open(turn.open);
    }
    if (turn.running) {
      this.#goOn(id, line !== "");
    }
    await this.#around.after(line);
    return turn.exit;
  }

  #goOn(id: number, first: boolean): void {
    if (first) {
      this.#ticks = 0;
      this.#entry = id;
      announce("The program goes on. Stop ends it.");
    }
    this.#ticks += 1;
    this.#timer = setTimeout(() => {
      if (this.#ticks > MOST_TICKS) {
        this.screen.write(id, [{ kind: "note", text: "Stopped for you after 20 seconds." }]);
        this.stop();
        return;
      }
      this.#queue = this.#queue.then(async () => {
        if (this.screen.running.value) {
          try {
            await this.#take(id, "", await this.#core.call("tick"));
          } catch (error) {
            this.#fail(id, error);
          }
        }
      });
    }, TICK);
  }

  #fail(id: number, error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    const text = `The simulator stopped: ${why}. Reload the page to start it again.`;
    this.screen.write(id, [{ kind: "note", text }]);
    this.screen.end(id, 1);
    this.screen.running.value = false;
  }
}
