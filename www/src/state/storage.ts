/** The browser's storage, which may be blocked or full: then the page goes on without it, and says so. */

import { signal } from "@preact/signals";

/** Whether something could not be kept. */
export const blocked = signal(false);

/** What is kept under `key`, if it is JSON. */
export function recall(key: string, storage: "local" | "session" = "local"): unknown {
  try {
    const text = where(storage).getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch (error) {
    blocked.value ||= !(error instanceof SyntaxError);
    return undefined;
  }
}

/** Keeps `value` under `key`; `undefined` forgets it. */
export function keep(key: string, value: unknown, storage: "local" | "session" = "local"): void {
  try {
    if (value === undefined) {
      where(storage).removeItem(key);
    } else {
      where(storage).setItem(key, JSON.stringify(value));
    }
  } catch {
    blocked.value = true;
  }
}

function where(storage: "local" | "session"): Storage {
  return storage === "local" ? localStorage : sessionStorage;
}
