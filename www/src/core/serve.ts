/** Owns the WASM core and answers the main thread: one simulated machine, at most one connection to an agent. */

import type { AgentEvent } from "dockwright";
import init, { Agent, anatomy, Callbacks, Session, version } from "dockwright";
import course from "../../generated/course.json?url";
import type { Calls, Profile, Said } from "./calls";
import { fixed, lint, refused } from "./linter";

/** The end that `serve` talks to. */
export interface Port {
  send(it: Said, transfer: readonly Transferable[]): void;
}

/** Starts the core; the returned function takes what the main thread asks. */
export function serve(port: Port): (data: unknown) => void {
  const calls = start().then(
    (session) => {
      port.send({ kind: "ready" }, []);
      return answers(session, port);
    },
    (error: unknown) => {
      port.send({ kind: "broken", message: words(error).message }, []);
      return undefined;
    },
  );
  return (data) => {
    void calls.then(async (table) => {
      if (table !== undefined) {
        await answer(table, data, port);
      }
    });
  };
}

async function start(): Promise<Session> {
  const [text] = await Promise.all([fetchText(course), init()]);
  return new Session(text);
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(new URL(url, import.meta.url));
  if (!response.ok) {
    throw new Error(`${url}: ${String(response.status)}`);
  }
  return response.text();
}

async function answer(table: Calls, data: unknown, port: Port): Promise<void> {
  const ask = asked(data);
  if (ask === undefined) {
    return;
  }
  const { id, method, args } = ask;
  try {
    if (!Object.hasOwn(table, method)) {
      throw new Error(`no such call: ${method}`);
    }
    const call = (table as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[method];
    port.send({ kind: "answer", id, value: await call?.(...args) }, []);
  } catch (error) {
    const { kind, message } = words(error);
    port.send({ kind: "failure", id, why: kind, message }, []);
  }
}

function asked(data: unknown): { id: number; method: string; args: readonly unknown[] } | undefined {
  if (typeof data !== "object" || data === null) {
    return undefined;
  }
  const { id, method, args } = data as Record<string, unknown>;
  return typeof id === "number" && typeof method === "string" && Array.isArray(args)
    ? { id, method, args }
    : undefined;
}

/** What an error of the core, or of the browser, says. */
function words(error: unknown): { kind: string; message: string } {
  if (typeof error === "object" && error !== null) {
    const { kind, message } = error as Record<string, unknown>;
    if (typeof message === "string") {
      return { kind: typeof kind === "string" ? kind : "internal", message };
    }
  }
  return { kind: "internal", message: String(error) };
}

function answers(session: Session, port: Port): Calls {
  let agent: Agent | undefined;
  let connections = 0;
  const connected = (): Agent => {
    if (agent === undefined) {
      throw Object.assign(new Error("My Docker is not connected"), { kind: "unavailable" });
    }
    return agent;
  };
  return {
    version,
    anatomy,
    lessons: () => session.lessons(),
    open: (id) => session.open(id),
    run: (line) => session.run(line),
    tick: () => session.tick(),
    interrupt: () => session.interrupt(),
    complete: (line, cursor) => session.complete(line, cursor),
    writeFile: (path, text) => {
      session.writeFile(path, text);
    },
    why: (line) => session.why(line),
    look: (open, line) => session.look(open, line),
    remember: () => {
      session.remember();
    },
    lint,
    fixed,
    refused,
    snapshot: () => ({
      files: Object.fromEntries(session.files().map((path) => [path, session.readFile(path) ?? ""])),
      prompt: session.prompt(),
      profile: session.profile() as Profile,
      state: session.state(),
    }),
    answer: (step, choice) => session.answer(step, choice),
    hint: (step) => session.hint(step),
    solution: (step) => session.solution(step),
    undo: () => session.undo(),
    redo: () => session.redo(),
    resetStep: () => {
      session.resetStep();
    },
    setProfile: (profile) => {
      session.setProfile(profile);
    },
    async connect({ url, sid, key, origin }) {
      agent?.close();
      agent = undefined;
      // What an earlier connection still says is not this one's.
      const mine = ++connections;
      const callbacks = new Callbacks(
        (event: AgentEvent) => {
          if (mine === connections) {
            port.send({ kind: "event", event }, []);
          }
        },
        (bytes: Uint8Array) => {
          if (mine === connections) {
            port.send({ kind: "bytes", bytes }, []);
          }
        },
      );
      agent = await Agent.connect(url, sid, key, origin, callbacks);
      return agent.engine();
    },
    refresh: () => connected().refresh(),
    execute: async (line, files, profile) => {
      connected().setProfile(profile);
      return connected().run(line, JSON.stringify(files));
    },
    input: (bytes) => {
      agent?.input(bytes);
    },
    eof: () => agent?.eof(),
    resize: (cols, rows) => agent?.resize(cols, rows),
    granted: (bytes) => agent?.granted(bytes),
    cancel: () => agent?.cancel(),
    reply: (text) => agent?.answer(text),
    disconnect: () => {
      agent?.close();
      agent = undefined;
    },
  };
}
