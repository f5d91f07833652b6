/** System, light or dark. `public/theme.js` applies what is kept before the first paint. */

import { effect, signal } from "@preact/signals";
import { keep, recall } from "./storage";

/** The choices, in the order in which they are shown. */
export const THEMES = ["system", "light", "dark"] as const;

/** One of the choices. */
export type Theme = (typeof THEMES)[number];

const KEY = "dockwright-theme";

/** The chosen theme. */
export const theme = signal<Theme>(read());

/** Makes the document follow the choice, and keeps it. */
export function followTheme(): void {
  effect(() => {
    const root = document.documentElement;
    if (theme.value === "system") {
      delete root.dataset["theme"];
    } else {
      root.dataset["theme"] = theme.value;
    }
    keep(KEY, theme.value);
  });
}

function read(): Theme {
  const kept = recall(KEY);
  return THEMES.find((it) => it === kept) ?? "system";
}
