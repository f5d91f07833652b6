/** The real machine's terminal: docker lines go to the agent, and nothing else runs. */

import { batch, signal } from "@preact/signals";
import type { AgentEvent, Completion, Core, Profile } from "../core";
import { announce } from "../state/announce";
import { Screen } from "../terminal/screen";
import type { Shell } from "../terminal/shell";
import type { Docker } from "./docker";

const PROMPT = "you@computer:~$ ";

/** What the terminal emulator does while a program has a TTY. */
export interface Tty {
  write(bytes: Uint8Array, written: () => void): void;
}

/** Files and profile of a real run. */
export interface Inputs {
  files(): Promise<Readonly<Record<string, string>>>;
  profile(): Profile;
}

/** Runs lines on the learner's own Docker. */
export class RealShell implements Shell {
  readonly where = "real";
  readonly screen = new Screen(PROMPT);
  /** A program has a TTY: the emulator is shown. */
  readonly tty = signal(false);
  readonly #core: Core;
  readonly #docker: Docker;
  readonly #inputs: Inputs;
  readonly #text = new TextDecoder();
  #entry = 0;
  #emulator: Tty | undefined;
  #early: Uint8Array[] = [];
  /** The running command waits for an answer. */
  readonly asked = signal(false);

  constructor(core: Core, docker: Docker, inputs: Inputs) {
    this.#core = core;
    this.#docker = docker;
    this.#inputs = inputs;
    core.listen({
      event: (it) => {
        this.#hear(it);
      },
      bytes: (it) => {
        this.#bytes(it);
      },
    });
  }

  async submit(line: string): Promise<number | undefined> {
    const { screen } = this;
    if (this.asked.value) {
      this.asked.value = false;
      this.#ordinary();
      await this.#core.call("reply", line);
      return 0;
    }
    const id = screen.begin(line);
    const told = this.#own(line);
    if (told !== undefined) {
      screen.write(id, told === "" ? [] : [{ kind: "note", text: told }]);
      screen.end(id, told === "" ? 0 : 127);
      return told === "" ? 0 : 127;
    }
    this.#entry = id;
    screen.running.value = true;
    let exit = 1;
    try {
      const files = await this.#inputs.files();
      exit = await this.#core.call("execute", line, files, this.#inputs.profile());
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      screen.write(id, [{ kind: "note", text }]);
    }
    batch(() => {
      screen.end(id, exit);
      screen.running.value = false;
      this.tty.value = false;
      this.#emulator = undefined;
      this.#early = [];
      this.asked.value = false;
      this.#ordinary();
    });
    return exit;
  }

  stop(): void {
    void this.#core.call("cancel");
    announce("Stopping.");
  }

  complete(line: string, cursor: number): Promise<Completion> {
    return this.#core.call("complete", line, cursor);
  }

  /** The emulator is there: it gets what has come before it. */
  attach(emulator: Tty): void {
    this.#emulator = emulator;
    for (const bytes of this.#early.splice(0)) {
      this.#bytes(bytes);
    }
  }

  /** Keys of the emulator. */
  type(text: string): void {
    void this.#core.call("input", new TextEncoder().encode(text));
  }

  resize(cols: number, rows: number): void {
    void this.#core.call("resize", cols, rows);
  }

  /** Puts what was on the emulator's screen into the log. */
  remember(text: string): void {
    this.screen.write(this.#entry, [{ kind: "stdout", text }]);
  }

  /** What the page itself answers: nothing runs on the computer for it. */
  #own(line: string): string | undefined {
    const word =
      line
        .trim()
        .replace(/^sudo\s+/, "")
        .split(/\s+/)[0] ?? "";
    if (word === "") {
      return "";
    }
    if (word === "clear") {
      this.screen.clear();
      queueMicrotask(() => {
        this.screen.clear();
      });
      return "";
    }
    if (word !== "docker") {
      return `On your computer, Dockwright runs \`docker\` commands and nothing else: \`${word}\` was not run.`;
    }
    return undefined;
  }

  #ordinary(): void {
    this.screen.prompt.value = PROMPT;
    this.screen.secret.value = false;
  }

  #hear(it: AgentEvent): void {
    switch (it.kind) {
      case "output":
        this.screen.write(this.#entry, [{ kind: it.stream, text: it.text }]);
        if (it.bytes > 0) {
          void this.#core.call("granted", it.bytes);
        }
        break;
      case "progress": {
        const { id, text, current, total } = it;
        this.screen.transfer(this.#entry, { id, text, current, total });
        break;
      }
      case "tty":
        this.tty.value = it.on;
        break;
      case "prompt":
        this.asked.value = true;
        batch(() => {
          this.screen.prompt.value = it.text;
          this.screen.secret.value = it.secret;
        });
        announce(it.text);
        break;
      case "engine":
        this.#docker.engine(it.up);
        break;
      case "closed":
        this.#docker.lost(it.reason);
        break;
    }
  }

  #bytes(bytes: Uint8Array): void {
    if (this.#emulator !== undefined) {
      this.#emulator.write(bytes, () => {
        void this.#core.call("granted", bytes.length);
      });
    } else if (this.tty.value) {
      this.#early.push(bytes);
    } else {
      this.screen.write(this.#entry, [{ kind: "stdout", text: this.#text.decode(bytes, { stream: true }) }]);
      void this.#core.call("granted", bytes.length);
    }
  }
}
