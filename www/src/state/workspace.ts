/** The learner's files, and what the core says about them. */

import { batch, computed, signal } from "@preact/signals";
import type { Analysis, Anatomy, BuildView, Core, Why } from "../core";
import { imageOf, isRun } from "../name/image";

const TYPING = 120;

/** What was found in which text. */
export interface Analyzed extends Analysis {
  readonly source: string;
}

/** The files of the machine, the one that is open, its findings, the Why table and the name that is taken apart. */
export class Workspace {
  readonly files = signal<Readonly<Record<string, string>>>({});
  readonly open = signal("Dockerfile");
  readonly text = computed(() => this.files.value[this.open.value] ?? "");
  readonly isDockerfile = computed(() => /(^|[./])dockerfile([.]|$)/i.test(this.open.value));
  readonly analyzed = signal<Analyzed | undefined>(undefined);
  readonly why = signal<Why | undefined>(undefined);
  /** What a build of the files would do. */
  readonly build = signal<BuildView | undefined>(undefined);
  /** The `docker run` line of the Why table. */
  readonly runLine = signal("");
  readonly name = signal("");
  readonly anatomy = signal<Anatomy | undefined>(undefined);
  readonly #core: Core;
  #looking: Promise<void> | undefined;
  #stale = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unwritten = false;
  #ownName = false;
  /** Called after an edit has reached the machine. */
  edited: () => void = () => undefined;

  constructor(core: Core) {
    this.#core = core;
  }

  /** The open file's text changed in the editor. */
  edit(text: string): void {
    if (text === this.text.value) {
      return;
    }
    this.files.value = { ...this.files.value, [this.open.value]: text };
    this.#unwritten = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.flush().then(this.edited);
    }, TYPING);
  }

  /** Brings edits to the machine and reads what it says about them. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#unwritten) {
      this.#unwritten = false;
      await this.#core.call("writeFile", this.open.value, this.text.value);
      await this.look();
    }
  }

  /** Takes the files of the machine, for example after a command has changed them. */
  async take(files: Readonly<Record<string, string>>): Promise<void> {
    if (this.#unwritten) {
      return;
    }
    batch(() => {
      this.files.value = files;
      if (files[this.open.value] === undefined) {
        this.open.value = "Dockerfile" in files ? "Dockerfile" : (Object.keys(files)[0] ?? "Dockerfile");
      }
    });
    await this.look();
  }

  /** Opens another file. */
  async show(path: string): Promise<void> {
    await this.flush();
    batch(() => {
      this.open.value = path;
      this.files.value = { ...this.files.value, [path]: this.files.value[path] ?? "" };
      this.analyzed.value = undefined;
    });
    await this.look();
  }

  /** Analyses the open file, and asks what would be built and run. What changes meanwhile is looked at afterwards, once. */
  async look(): Promise<void> {
    this.#stale = true;
    this.#looking ??= this.#lookUntilDone().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
  }

  async #lookUntilDone(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      const source = this.text.value;
      const open = this.isDockerfile.value ? this.open.value : undefined;
      const look = await this.#core.call("look", open, this.runLine.value);
      batch(() => {
        this.analyzed.value = { ...(look.analysis ?? { findings: [], tokens: [] }), source };
        this.why.value = look.why;
        this.build.value = look.build;
      });
    }
  }

  /** Later edits are compared with the files as they are now. */
  async remember(): Promise<void> {
    await this.flush();
    await this.#core.call("remember");
    await this.look();
  }

  /** A command line was typed or run: the Why table and the name follow it. */
  async follow(line: string): Promise<void> {
    const image = imageOf(line);
    if (image !== undefined && !this.#ownName) {
      await this.takeApart(image);
    }
    if (isRun(line) && line.trim() !== this.runLine.value) {
      this.runLine.value = line.trim();
      this.why.value = await this.#core.call("why", line.trim());
    }
  }

  /** Another machine: nothing of the old one is followed. */
  forget(): void {
    clearTimeout(this.#timer);
    batch(() => {
      this.#unwritten = false;
      this.#ownName = false;
      this.runLine.value = "";
      this.open.value = "Dockerfile";
      this.analyzed.value = undefined;
      this.why.value = undefined;
      this.build.value = undefined;
      this.name.value = "";
      this.anatomy.value = undefined;
    });
  }

  /** Takes a name apart; `own` when the learner typed it: then commands no longer replace it. */
  async takeApart(name: string, own = false): Promise<void> {
    if (own) {
      this.#ownName = name !== "";
    }
    this.name.value = name;
    const anatomy = name.trim() === "" ? undefined : await this.#core.call("anatomy", name.trim());
    if (this.name.value === name) {
      this.anatomy.value = anatomy;
    }
  }
}
