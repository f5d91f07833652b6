/** The linter's desk: the files that are checked, what was found, and what may be done about it. */

import { batch, computed, signal } from "@preact/signals";
import type { Core, Finding } from "../core";
import { applyEdits } from "../editor/edits";
import { announce } from "../state/announce";
import type { Place } from "../state/desk";
import type { Analyzed } from "../state/workspace";
import { Checks, isDockerfile, type Result } from "./checks";
import type { Preset } from "./config/presets";
import { presetOf } from "./config/presets";
import { EXAMPLE } from "./example";
import { type Past, remember, TYPING } from "./history";
import { type Given, HUGE, type Source, sourceOf, take } from "./read";
import type { Shared } from "./share";
import { plural, type Severity, summary } from "./words";

const DOCKERFILE = "Dockerfile";
const PAUSE = 120;
/** For large files. */
const LONG_PAUSE = 800;

/** A change that is shown before it is made. */
export interface Preview {
  /** The finding that it mends; `undefined` if it mends all that is safe. */
  readonly finding: Finding | undefined;
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly safety: "safe" | "unsafe" | "display";
}

/** The desk. */
export class LintDesk {
  readonly files = signal<ReadonlyMap<string, Source>>(new Map());
  readonly open = signal(DOCKERFILE);
  readonly text = computed(() => this.files.value.get(this.open.value)?.text ?? "");
  readonly preset = signal<Preset | undefined>(undefined);
  readonly results = signal<ReadonlyMap<string, Result>>(new Map());
  /** What was found in the open file. */
  readonly result = computed(() => this.results.value.get(this.open.value));
  /** Colours and marks for the editor. */
  readonly analyzed = computed((): Analyzed | undefined => {
    const it = this.result.value;
    return it === undefined
      ? undefined
      : { source: it.source, findings: [...it.findings], tokens: it.tokens };
  });
  readonly hidden = signal<ReadonlySet<Severity>>(new Set());
  readonly notes = signal<readonly string[]>([]);
  readonly past = signal<readonly Past[]>([]);
  readonly preview = signal<Preview | undefined>(undefined);
  readonly place = signal<Place | undefined>(undefined);
  readonly busy = signal(false);
  /** Why the core cannot answer. */
  readonly broken = signal<string | undefined>(undefined);
  /** Nothing is there to check. */
  readonly isEmpty = computed(() => {
    const { value } = this.files;
    return value.size === 0 || (value.size === 1 && this.text.value.trim() === "" && value.has(DOCKERFILE));
  });
  readonly core: Core;
  readonly #checks: Checks;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checking: Promise<void> | undefined;
  #isStale = false;
  #said = "";

  constructor(core: Core) {
    this.core = core;
    this.#checks = new Checks(core);
    core.ready.catch((error: unknown) => {
      this.broken.value = error instanceof Error ? error.message : String(error);
    });
  }

  /** The open file was edited by hand. */
  edit(text: string): void {
    if (text === this.text.peek()) {
      return;
    }
    this.#remember(TYPING);
    this.#put(text);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        void this.check();
      },
      text.length > HUGE ? LONG_PAUSE : PAUSE,
    );
  }

  /** Opens another of the files. */
  show(path: string): void {
    batch(() => {
      this.open.value = path;
      this.preview.value = undefined;
    });
    void this.check();
  }

  /** Brings the reader to a place in the open file. */
  toPlace({ from, to }: Place): void {
    this.place.value = { from, to };
  }

  /** Takes files that were dropped or chosen. */
  async take(all: readonly Given[]): Promise<void> {
    const { files, notes } = await take(all);
    this.notes.value = notes;
    if (files.length > 0) {
      this.#add(files, `adding ${plural(files.length, "file")}`);
    }
    if (notes.length > 0) {
      announce(notes.join(" "));
    }
  }

  /** Takes an empty or ready-made file in, and opens it. */
  add(path: string, text: string): void {
    this.#add([[path, sourceOf(text)]], `adding ${path}`);
    this.open.value = path;
  }

  /** Something to begin with. */
  example(): void {
    this.notes.value = [];
    this.#add([[DOCKERFILE, sourceOf(EXAMPLE)]], "loading the example");
  }

  /** Takes what a link holds instead of what is there. */
  load({ files, preset }: Shared): void {
    this.#remember("opening the link");
    batch(() => {
      this.files.value = new Map();
      this.preset.value = presetOf(preset);
      this.notes.value = [];
    });
    this.#addAll(files.map(([path, text]) => [path, sourceOf(text)] as const));
  }

  /** Takes a file away. */
  remove(path: string): void {
    this.#remember(`removing ${path}`);
    const files = new Map(this.files.value);
    files.delete(path);
    batch(() => {
      this.files.value = files;
      this.preview.value = undefined;
      if (this.open.value === path) {
        this.open.value = first(files.keys()) ?? DOCKERFILE;
      }
    });
    announce(`${path} removed.`);
    void this.check();
  }

  /** Takes all files away. */
  clear(): void {
    this.#remember("starting over");
    batch(() => {
      this.files.value = new Map();
      this.open.value = DOCKERFILE;
      this.notes.value = [];
      this.preview.value = undefined;
    });
    void this.check();
  }

  /** Chooses a preset; `undefined` is what the configuration says. */
  choose(preset: Preset | undefined): void {
    this.preset.value = preset;
    this.preview.value = undefined;
    void this.check();
  }

  toggle(severity: Severity): void {
    const hidden = new Set(this.hidden.value);
    if (!hidden.delete(severity)) {
      hidden.add(severity);
    }
    this.hidden.value = hidden;
  }

  /** Shows what a repair would change. */
  async showFix(finding: Finding): Promise<void> {
    const { fix } = finding;
    if (this.preview.value?.finding === finding || fix === undefined) {
      this.preview.value = undefined;
      return;
    }
    const before = this.text.value;
    if (this.result.value?.source === before) {
      const { title, safety } = fix;
      this.preview.value = { finding, title, before, after: applyEdits(before, fix.edits), safety };
    } else {
      await this.check();
    }
  }

  /** Shows what all safe repairs would change. */
  async showAll(): Promise<void> {
    const [path, before] = [this.open.value, this.text.value];
    const { settings } = this.#checks.effective(path, this.preset.value);
    const { text, made } = await this.core.call("fixed", before, false, settings);
    if (made.length === 0) {
      announce("There is nothing that can be fixed safely.");
    } else if (this.open.value === path && this.text.value === before) {
      const title = `Fix all safe: ${plural(made.length, "repair")}`;
      this.preview.value = { finding: undefined, title, before, after: text, safety: "safe" };
    }
  }

  /** Makes the change that is shown. */
  async apply(): Promise<void> {
    const it = this.preview.value;
    if (it !== undefined && it.before === this.text.value) {
      this.#remember(it.title);
      this.#put(it.after);
      announce(`Done: ${it.title}.`);
      this.#said = "";
      await this.check();
    }
  }

  /** Takes the last change back. */
  undo(): void {
    const [last, ...past] = this.past.value;
    if (last === undefined) {
      return;
    }
    batch(() => {
      this.files.value = last.files;
      this.open.value = last.open;
      this.past.value = past;
      this.preview.value = undefined;
    });
    announce(`Undone: ${last.what}.`);
    void this.check();
  }

  /** Looks at all that has changed. What changes meanwhile is looked at afterwards, once. */
  async check(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isStale = true;
    this.#checking ??= this.#checkUntilDone().finally(() => {
      this.#checking = undefined;
      this.busy.value = false;
    });
    await this.#checking;
  }

  async #checkUntilDone(): Promise<void> {
    this.busy.value = true;
    while (this.#isStale) {
      this.#isStale = false;
      const asked = { files: this.files.value, preset: this.preset.value, open: this.open.value };
      if (asked.files.size === 0) {
        this.results.value = new Map();
        continue;
      }
      try {
        await this.#checks.run(
          asked,
          (it) => {
            this.results.value = it;
          },
          () => this.#isStale,
        );
        this.broken.value = undefined;
      } catch (error) {
        this.broken.value = error instanceof Error ? error.message : String(error);
      }
    }
    this.#say();
  }

  /** Says aloud what was found, when it is something else than before. */
  #say(): void {
    const it = this.result.value;
    if (it !== undefined && !this.isEmpty.value) {
      const words = `${summary(it.findings, it.more)}.`;
      if (`${this.open.value} ${words}` !== this.#said) {
        this.#said = `${this.open.value} ${words}`;
        announce(this.files.value.size > 1 ? `${this.open.value}: ${words}` : words);
      }
    }
  }

  #add(added: readonly (readonly [string, Source])[], what: string): void {
    this.#remember(what);
    if (this.isEmpty.value) {
      this.files.value = new Map();
    }
    this.#addAll(added);
  }

  #addAll(added: readonly (readonly [string, Source])[]): void {
    const paths = added.map(([path]) => path);
    batch(() => {
      this.files.value = new Map([...this.files.value, ...added]);
      this.preview.value = undefined;
      const opened =
        paths.find(isDockerfile) ?? (this.files.value.has(this.open.value) ? undefined : paths[0]);
      this.open.value = opened ?? this.open.value;
    });
    void this.check();
  }

  #put(text: string): void {
    const crlf = this.files.value.get(this.open.value)?.crlf ?? false;
    batch(() => {
      this.files.value = new Map([...this.files.value, [this.open.value, { text, crlf }]]);
      this.preview.value = undefined;
    });
  }

  #remember(what: string): void {
    this.past.value = remember(this.past.value, { files: this.files.value, open: this.open.value, what });
  }
}

function first<T>(all: Iterable<T>): T | undefined {
  for (const it of all) {
    return it;
  }
  return undefined;
}
