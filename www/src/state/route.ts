/** Which page is shown: the fragment of the URL, so that any static server will do. */

import { signal } from "@preact/signals";

/** A place in the site. */
export type Route =
  | { readonly kind: "start" }
  | { readonly kind: "course" }
  | { readonly kind: "lesson"; readonly id: string }
  | { readonly kind: "sandbox" }
  /** The linter; `shared` is what a link holds. */
  | { readonly kind: "lint"; readonly shared: string | undefined }
  | { readonly kind: "connect" }
  | { readonly kind: "help" }
  | { readonly kind: "unknown"; readonly path: string };

/** The place that `hash` names. */
export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#/, "");
  const lesson = /^\/learn\/([a-z0-9-]+)\/?$/.exec(path)?.[1];
  if (lesson !== undefined) {
    return { kind: "lesson", id: lesson };
  }
  const shared = /^\/lint\/(.+)$/.exec(path)?.[1];
  if (shared !== undefined) {
    return { kind: "lint", shared };
  }
  switch (path.replace(/\/$/, "")) {
    case "":
      return { kind: "start" };
    case "/learn":
      return { kind: "course" };
    case "/sandbox":
      return { kind: "sandbox" };
    case "/lint":
      return { kind: "lint", shared: undefined };
    case "/connect":
      return { kind: "connect" };
    case "/help":
      return { kind: "help" };
    default:
      return { kind: "unknown", path };
  }
}

/** Links to the places. */
export const links = {
  start: "#/",
  course: "#/learn",
  lesson: (id: string): string => `#/learn/${id}`,
  sandbox: "#/sandbox",
  lint: "#/lint",
  connect: "#/connect",
  help: "#/help",
} as const;

/** Where we are. */
export const route = signal<Route>({ kind: "start" });

/** Follows the address bar. A fragment that is not a route, such as that of a skip link, changes nothing. */
export function followRoute(): void {
  const read = (): void => {
    const { hash } = location;
    if (hash === "" || hash.startsWith("#/")) {
      route.value = parseRoute(hash);
    }
  };
  addEventListener("hashchange", read);
  read();
}
