/** What is on the desk: where commands run, which pane a phone shows, which editor, and who wants the focus. */

import { signal } from "@preact/signals";
import { imageOf, isBuild, isRun } from "../name/image";
import { keep, recall } from "./storage";

/** The panes of a phone, in the order of their tabs. */
export const PANES = ["lesson", "files", "terminal"] as const;

/** One of them. */
export type Pane = (typeof PANES)[number];

/** What explains the work, in the order of the tabs. */
export const REASONS = ["why", "build", "name"] as const;

/** One of them. */
export type Reason = (typeof REASONS)[number];

/** A part of the open file, in UTF-16 units. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

const SIMPLE = "dockwright-simple-editor";

/** The desk. */
export class Desk {
  readonly mode = signal<"simulated" | "real">("simulated");
  readonly pane = signal<Pane>("lesson");
  readonly reason = signal<Reason>("why");
  /** Output that has come while another pane was shown. */
  readonly unseen = signal(false);
  /** A plain text area instead of CodeMirror. */
  readonly simple = signal(recall(SIMPLE) === true);
  /** Counts up when a part should take the focus. */
  readonly wantEditor = signal(0);
  /** What the editor should select; each wish is an object of its own. */
  readonly wantPlace = signal<Place | undefined>(undefined);
  readonly wantCommand = signal(0);

  showPane(pane: Pane): void {
    this.pane.value = pane;
    if (pane === "terminal") {
      this.unseen.value = false;
    }
  }

  /** Shows what explains a command that has run. */
  explain(line: string): void {
    const reason = isRun(line)
      ? "why"
      : isBuild(line)
        ? "build"
        : imageOf(line) === undefined
          ? undefined
          : "name";
    this.reason.value = reason ?? this.reason.value;
  }

  setSimple(simple: boolean): void {
    this.simple.value = simple;
    keep(SIMPLE, simple);
  }

  /** Brings the learner to a place in the open file. */
  toPlace(place: Place): void {
    this.showPane("files");
    this.wantPlace.value = { ...place };
  }

  /** Brings the learner to the editor. */
  toEditor(): void {
    this.showPane("files");
    this.wantEditor.value += 1;
  }

  /** Brings the learner to the command line. */
  toCommand(): void {
    this.showPane("terminal");
    this.wantCommand.value += 1;
  }
}
