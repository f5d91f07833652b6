/** What the main thread may ask of the core: one entry, one message. `serve.ts` answers, `core.ts` asks. */

import type {
  AgentEvent,
  Anatomy,
  Completion,
  Engine,
  Fixed,
  LessonState,
  LessonSummary,
  LessonView,
  Linted,
  Look,
  Turn,
  Why,
} from "dockwright";
import type { Refusal, Settings } from "./linter";

/** The files, and what else the page shows of the machine, after something has happened. */
export interface Snapshot {
  readonly files: Readonly<Record<string, string>>;
  readonly prompt: string;
  readonly profile: Profile;
  readonly state: LessonState;
}

/** Where the agent listens, and what proves that this page is paired with it. */
export interface Pairing {
  readonly url: string;
  readonly sid: string;
  readonly key: string;
  readonly origin: string;
}

/** The answers to each question; `core.call` returns them as promises. */
export interface Calls {
  version(): string;
  anatomy(name: string): Anatomy;
  lessons(): readonly LessonSummary[];
  open(lesson: string | undefined): LessonView | undefined;
  run(line: string): Turn;
  tick(): Turn;
  interrupt(): Turn;
  complete(line: string, cursor: number): Completion;
  writeFile(path: string, text: string): void;
  why(runLine: string): Why;
  /** Everything that an edit changes; `open` is the open file, if it is a Dockerfile. */
  look(open: string | undefined, runLine: string): Look;
  /** Takes the files as they are for those of the last build. */
  remember(): void;
  /** What is wrong or unwise in a Dockerfile of nobody's machine; `ignore` is the `.dockerignore` beside it. */
  lint(source: string, ignore: string | undefined, settings: Settings): Linted;
  /** The same file with its safe repairs made, or with risky ones too. */
  fixed(source: string, risky: boolean, settings: Settings): Fixed;
  /** The changes of the settings that are none. */
  refused(settings: Settings): readonly Refusal[];
  snapshot(): Snapshot;
  answer(step: string, choice: number): LessonState;
  hint(step: string): LessonState;
  solution(step: string): readonly string[];
  undo(): boolean;
  redo(): boolean;
  resetStep(): void;
  setProfile(profile: Profile): void;
  connect(pairing: Pairing): Promise<Engine | undefined>;
  /** What engine there is now, on the connection that there is. */
  refresh(): Promise<Engine>;
  execute(line: string, files: Readonly<Record<string, string>>, profile: Profile): Promise<number>;
  input(bytes: Uint8Array): void;
  eof(): void;
  resize(cols: number, rows: number): void;
  granted(bytes: number): void;
  cancel(): void;
  reply(text: string): void;
  disconnect(): void;
}

/** Which Docker prints the tables. */
export type Profile = "20.10" | "28" | "29";

/** The name of a question. */
export type Method = keyof Calls;
/** What a question needs. */
export type Arguments<M extends Method> = Parameters<Calls[M]>;
/** What a question gives. */
export type Answered<M extends Method> = Awaited<ReturnType<Calls[M]>>;

/** Main thread to core. */
export interface Ask {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Core to main thread. */
export type Said =
  | { readonly kind: "ready" }
  | { readonly kind: "broken"; readonly message: string }
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly why: string; readonly message: string }
  | { readonly kind: "event"; readonly event: AgentEvent }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array };
