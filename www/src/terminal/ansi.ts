/** Terminal text as spans to show: colours become classes, everything that could do more is dropped. */

/** A run of text that looks alike. */
export interface Span {
  readonly text: string;
  readonly classes: readonly string[];
}

const MAX_LINE = 10_000;
const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

// CSI, OSC (links, titles, clipboard), other escapes; then the controls that a log has no use for.
const ESCAPES =
  /\x1b\[([0-9;:?]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-_]?|[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

// Characters that turn text around or hide in it.
const HIDDEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** The spans of `text`. */
export function spans(text: string): readonly Span[] {
  const found: Span[] = [];
  const style = new Style();
  let at = 0;
  const input = carriage(text);
  for (const match of input.matchAll(ESCAPES)) {
    push(found, input.slice(at, match.index), style.classes());
    at = match.index + match[0].length;
    if (match[2] === "m") {
      style.apply(match[1] ?? "");
    }
  }
  push(found, input.slice(at), style.classes());
  return found;
}

/** The text alone, as it is copied and folded. */
export function plain(text: string): string {
  return spans(text)
    .map((it) => it.text)
    .join("");
}

/** Carries out carriage returns: what follows one is written over the line. Cuts lines that are too long. */
function carriage(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => {
      const last = line.slice(line.lastIndexOf("\r", line.length - 2) + 1).replace("\r", "");
      return last.length > MAX_LINE ? `${last.slice(0, MAX_LINE)}…` : last;
    })
    .join("\n");
}

function push(found: Span[], text: string, classes: readonly string[]): void {
  let at = 0;
  for (const match of text.matchAll(HIDDEN)) {
    plainPush(found, text.slice(at, match.index), classes);
    const code = match[0].codePointAt(0) ?? 0;
    found.push({ text: `U+${code.toString(16).toUpperCase().padStart(4, "0")}`, classes: ["hidden-char"] });
    at = match.index + match[0].length;
  }
  plainPush(found, text.slice(at), classes);
}

function plainPush(found: Span[], text: string, classes: readonly string[]): void {
  if (text !== "") {
    found.push({ text, classes });
  }
}

/** What Select Graphic Rendition has set so far. */
class Style {
  #colour: string | undefined;
  #flags = new Set<string>();

  classes(): readonly string[] {
    return this.#colour === undefined ? [...this.#flags] : [...this.#flags, this.#colour];
  }

  apply(codes: string): void {
    const numbers = codes.split(/[;:]/).map(Number);
    for (let at = 0; at < numbers.length; at++) {
      const code = numbers[at] ?? 0;
      if (code === 38 || code === 48) {
        // A colour by number or by parts: the text stays in the colour of the page.
        at += numbers[at + 1] === 5 ? 2 : 4;
      } else {
        this.#one(code);
      }
    }
  }

  #one(code: number): void {
    if (code === 0) {
      this.#colour = undefined;
      this.#flags.clear();
    } else if (code === 1) {
      this.#flags.add("ansi-bold");
    } else if (code === 2) {
      this.#flags.add("ansi-dim");
    } else if (code === 22) {
      this.#flags.clear();
    } else if (code === 39) {
      this.#colour = undefined;
    } else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
      this.#colour = `ansi-${COLOURS[code % 10] ?? "white"}`;
    }
  }
}
