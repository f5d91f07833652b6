/** Starts the core in a worker, or, where the browser or the site's policy allows none, on the main thread. */

import type { Ask, Said } from "./calls";
import workerUrl from "./worker.ts?worker&url";

/** The other end of a channel to the core. */
export interface Channel {
  ask(it: Ask, transfer: readonly Transferable[]): void;
}

interface Policy {
  createScriptURL(url: string): string;
}

interface Factory {
  createPolicy(name: string, rules: Policy): Policy;
}

/** Starts the core; `hear` gets all it says. */
export async function spawn(hear: (it: Said) => void): Promise<Channel> {
  const worker = createWorker();
  if (worker === undefined) {
    return onThisThread(hear);
  }
  worker.addEventListener("message", (event: MessageEvent<Said>) => {
    hear(event.data);
  });
  worker.addEventListener("error", (event) => {
    hear({
      kind: "broken",
      message: event.message === "" ? "its worker could not be loaded" : event.message,
    });
  });
  return {
    ask: (it, transfer) => {
      worker.postMessage(it, [...transfer]);
    },
  };
}

/** To Trusted Types a worker's URL is script. The one policy of the page says yes to this one URL, once. */
function createWorker(): Worker | undefined {
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  try {
    const policy = factory?.createPolicy("dockwright-worker", {
      createScriptURL(url) {
        if (url !== workerUrl) {
          throw new TypeError("not the core's worker");
        }
        return url;
      },
    });
    return new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl, { type: "module", name: "core" });
  } catch {
    return undefined;
  }
}

async function onThisThread(hear: (it: Said) => void): Promise<Channel> {
  const { serve } = await import("./serve");
  const receive = serve({ send: hear });
  return { ask: receive };
}
