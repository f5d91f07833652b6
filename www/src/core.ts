/** The page's way to the WASM core: typed questions, answered by a worker. Nothing else knows the package. */

import type { AgentEvent } from "dockwright";
import type { Answered, Arguments, Method, Said } from "./core/calls";
import { spawn } from "./core/spawn";

export type * from "dockwright";
export type { Pairing, Profile, Snapshot } from "./core/calls";
export type { Change, Refusal, Settings } from "./core/linter";

/** Why the core did not answer: `kind` for the program, `message` for people. */
export class CoreError extends Error {
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: CoreError): void;
}

/** What the core says without being asked. */
export interface Listener {
  event(it: AgentEvent): void;
  bytes(it: Uint8Array): void;
}

/** The core, on its way or there. */
export class Core {
  /** Settles when the core can answer. Questions may be asked before; they wait. */
  readonly ready: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #channel;
  #started: () => void = () => undefined;
  #failed: (error: CoreError) => void = () => undefined;
  #listener: Listener | undefined;
  #next = 1;
  #broken: CoreError | undefined;

  constructor() {
    this.ready = new Promise((resolve, reject) => {
      this.#started = resolve;
      this.#failed = reject;
    });
    this.#channel = spawn((it) => {
      this.#hear(it);
    });
    this.#channel.catch((error: unknown) => {
      this.#break(String(error));
    });
  }

  /** Asks one question. */
  async call<M extends Method>(method: M, ...args: Arguments<M>): Promise<Answered<M>> {
    const channel = await this.#channel;
    if (this.#broken !== undefined) {
      throw this.#broken;
    }
    const id = this.#next++;
    return new Promise<Answered<M>>((resolve, reject) => {
      this.#waiting.set(id, {
        resolve: (value) => {
          resolve(value as Answered<M>);
        },
        reject,
      });
      channel.ask({ id, method, args }, []);
    });
  }

  /** Who hears the agent's events and bytes. */
  listen(listener: Listener): void {
    this.#listener = listener;
  }

  #hear(it: Said): void {
    switch (it.kind) {
      case "ready":
        this.#started();
        break;
      case "broken":
        this.#break(it.message);
        break;
      case "answer":
        this.#settle(it.id)?.resolve(it.value);
        break;
      case "failure":
        this.#settle(it.id)?.reject(new CoreError(it.why, it.message));
        break;
      case "event":
        this.#listener?.event(it.event);
        break;
      case "bytes":
        this.#listener?.bytes(it.bytes);
        break;
    }
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #break(message: string): void {
    this.#broken = new CoreError("broken", message);
    this.#failed(this.#broken);
    for (const id of [...this.#waiting.keys()]) {
      this.#settle(id)?.reject(this.#broken);
    }
  }
}
