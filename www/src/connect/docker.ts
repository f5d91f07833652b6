/** My Docker: whether an agent is there, whether this page is paired with it, and whether it has an engine. */

import { signal } from "@preact/signals";
import { type Core, CoreError, type Engine } from "../core";
import { keep, recall } from "../state/storage";

/** How things stand. */
export type Link =
  | { readonly kind: "off" }
  | { readonly kind: "looking" }
  | { readonly kind: "no-agent" }
  | { readonly kind: "not-paired"; readonly reason: string | undefined }
  | { readonly kind: "no-engine" }
  | { readonly kind: "connected"; readonly engine: Engine }
  | { readonly kind: "lost"; readonly reason: string };

interface Secret {
  readonly sid: string;
  readonly key: string;
}

const KEY = "dockwright-pairing";

/** The connection to the agent that serves this page. */
export class Docker {
  readonly link = signal<Link>({ kind: "off" });
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Takes a pairing code out of the address bar, at once, so that it is neither kept nor shared. */
  async begin(): Promise<void> {
    const code = /^#c=([\w-]+)$/.exec(location.hash)?.[1];
    if (code !== undefined) {
      history.replaceState(null, "", location.pathname + location.search);
      await this.pair(code);
    } else if (secret() !== undefined) {
      await this.connect();
    }
  }

  /** Exchanges a one-time code for a session, and connects. */
  async pair(code: string): Promise<void> {
    this.link.value = { kind: "looking" };
    const answer = await exchange(code.trim());
    switch (answer.kind) {
      case "no-agent":
        this.link.value = { kind: "no-agent" };
        break;
      case "refused":
        this.link.value = { kind: "not-paired", reason: answer.reason };
        break;
      case "paired":
        keep(KEY, answer.secret, "session");
        await this.connect();
        break;
    }
  }

  /** Connects with the session that this tab has, or finds out what is missing. */
  async connect(): Promise<void> {
    this.link.value = { kind: "looking" };
    const known = secret();
    if (known === undefined) {
      this.link.value = (await agentIsHere())
        ? { kind: "not-paired", reason: undefined }
        : { kind: "no-agent" };
      return;
    }
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const url = `${scheme}://${location.host}/v1/socket`;
    try {
      this.#connected(await this.#core.call("connect", { url, ...known, origin: location.origin }));
    } catch (error) {
      await this.#refused(error);
    }
  }

  /** Ends the session in this tab. */
  async disconnect(): Promise<void> {
    keep(KEY, undefined, "session");
    await this.#core.call("disconnect");
    this.link.value = { kind: "not-paired", reason: undefined };
  }

  /** The agent said that the connection or the engine changed. */
  lost(reason: string): void {
    if (this.link.value.kind === "connected" || this.link.value.kind === "no-engine") {
      this.link.value = { kind: "lost", reason };
    }
  }

  /** The engine behind the agent went away or came back. */
  engine(up: boolean): void {
    if (!up) {
      this.link.value = { kind: "no-engine" };
    } else if (this.link.value.kind === "no-engine") {
      // The connection is alive, and with it what runs: only the engine is asked anew.
      this.#core.call("refresh").then(
        (engine) => {
          this.#connected(engine);
        },
        () => undefined,
      );
    }
  }

  #connected(engine: Engine | undefined): void {
    this.link.value = engine === undefined ? { kind: "no-engine" } : { kind: "connected", engine };
  }

  async #refused(error: unknown): Promise<void> {
    if (!(await agentIsHere())) {
      this.link.value = { kind: "no-agent" };
    } else if (error instanceof CoreError && error.kind === "unauthenticated") {
      keep(KEY, undefined, "session");
      const reason = "The agent was started again, or this pairing has expired.";
      this.link.value = { kind: "not-paired", reason };
    } else {
      this.link.value = { kind: "lost", reason: error instanceof Error ? error.message : String(error) };
    }
  }
}

function secret(): Secret | undefined {
  return asSecret(recall(KEY, "session"));
}

function asSecret(it: unknown): Secret | undefined {
  if (typeof it !== "object" || it === null) {
    return undefined;
  }
  const { sid, key } = it as Record<string, unknown>;
  return typeof sid === "string" && typeof key === "string" ? { sid, key } : undefined;
}

/** Whether an agent serves this page. Any other server gives a page, or nothing. */
async function agentIsHere(): Promise<boolean> {
  try {
    const response = await fetch("/healthz", { cache: "no-store" });
    return response.ok && (await response.text()).trim() === "ok";
  } catch {
    return false;
  }
}

type Exchange =
  | { readonly kind: "no-agent" }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "paired"; readonly secret: Secret };

async function exchange(code: string): Promise<Exchange> {
  if (!(await agentIsHere())) {
    return { kind: "no-agent" };
  }
  try {
    const response = await fetch("/v1/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code }),
    });
    const body: unknown = await response.json();
    const found = response.ok ? asSecret(body) : undefined;
    return found === undefined
      ? { kind: "refused", reason: refusal(response.status, body) }
      : { kind: "paired", secret: found };
  } catch {
    return { kind: "no-agent" };
  }
}

/** Why the agent said no. */
function refusal(status: number, body: unknown): string {
  const message = (body as { error?: { message?: unknown } } | null)?.error?.message;
  if (status === 429) {
    return "Too many codes were tried. Wait a minute, then try again.";
  }
  if (status === 403 || status === 401) {
    return "The agent does not know this code. A code works once, and only for a short time.";
  }
  return typeof message === "string" ? message : `The agent answered with status ${String(status)}.`;
}
