/** What a terminal shows: one entry per command, and the state of the command line. */

import { batch, signal } from "@preact/signals";
import type { Chunk } from "../core";
import { History } from "./history";

/** Where a layer, or another part of a transfer, is. */
export interface Transfer {
  readonly id: string;
  readonly text: string;
  readonly current: number;
  readonly total: number;
}

/** A command and its output. */
export interface Entry {
  readonly id: number;
  readonly prompt: string;
  readonly command: string;
  readonly chunks: readonly Chunk[];
  readonly transfers: readonly Transfer[];
  readonly exit: number | undefined;
  readonly done: boolean;
}

const MAX_ENTRIES = 200;
const MAX_CHARS = 400_000;

/** One terminal's screen. */
export class Screen {
  readonly entries = signal<readonly Entry[]>([]);
  readonly prompt;
  /** What is typed must not be shown. */
  readonly secret = signal(false);
  /** A program holds the terminal: Stop ends it. */
  readonly running = signal(false);
  /** What stands in the command line. */
  readonly draft = signal("");
  readonly history = new History();
  #next = 1;

  constructor(prompt: string) {
    this.prompt = signal(prompt);
  }

  /** A new entry for `command`; with a secret, what was typed is left out. */
  begin(command: string): number {
    const id = this.#next++;
    const entry: Entry = {
      id,
      prompt: this.prompt.value,
      command: this.secret.value ? "" : command,
      chunks: [],
      transfers: [],
      exit: undefined,
      done: false,
    };
    if (!this.secret.value) {
      this.history.add(command);
    }
    this.entries.value = [...this.entries.value, entry].slice(-MAX_ENTRIES);
    return id;
  }

  /** An entry of our own words, without a command. */
  note(text: string): void {
    const id = this.#next++;
    const chunks: readonly Chunk[] = [{ kind: "note", text }];
    const entry = { id, prompt: "", command: "", chunks, transfers: [], exit: undefined, done: true };
    this.entries.value = [...this.entries.value, entry].slice(-MAX_ENTRIES);
  }

  /** Adds output to an entry. */
  write(id: number, chunks: readonly Chunk[]): void {
    if (chunks.length > 0) {
      this.#change(id, (it) => ({ ...it, chunks: joined(it.chunks, chunks) }));
    }
  }

  /** Shows a transfer, in the place where it was shown before. */
  transfer(id: number, transfer: Transfer): void {
    this.#change(id, (it) => {
      const known = it.transfers.some((old) => old.id === transfer.id);
      const transfers = known
        ? it.transfers.map((old) => (old.id === transfer.id ? transfer : old))
        : [...it.transfers, transfer];
      return { ...it, transfers };
    });
  }

  /** The command has ended. */
  end(id: number, exit: number | undefined): void {
    this.#change(id, (it) => ({ ...it, exit, done: true }));
  }

  /** Removes all entries but the running one. */
  clear(): void {
    this.entries.value = this.entries.value.filter((it) => !it.done);
  }

  /** Back to an empty screen. */
  reset(prompt: string): void {
    batch(() => {
      this.entries.value = [];
      this.prompt.value = prompt;
      this.secret.value = false;
      this.running.value = false;
      this.draft.value = "";
    });
  }

  #change(id: number, change: (it: Entry) => Entry): void {
    this.entries.value = this.entries.value.map((it) => (it.id === id ? change(it) : it));
  }
}

/** `chunks` and `more`; neighbours of one kind become one, and a text that is too long loses its beginning. */
function joined(chunks: readonly Chunk[], more: readonly Chunk[]): readonly Chunk[] {
  const all = [...chunks];
  for (const chunk of more) {
    const last = all.at(-1);
    if (last?.kind === chunk.kind && chunk.kind !== "note") {
      const text = last.text + chunk.text;
      all[all.length - 1] = {
        kind: chunk.kind,
        text: text.length > MAX_CHARS ? text.slice(-MAX_CHARS) : text,
      };
    } else {
      all.push(chunk);
    }
  }
  return all;
}
