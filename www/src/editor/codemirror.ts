/** CodeMirror in a shadow root: its styles are constructed style sheets there, which `style-src 'self'` allows. */

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import type { Finding } from "../core";
import type { Analyzed } from "../state/workspace";
import { applyEdits, difference } from "./edits";
import { theme } from "./theme";
import { setTokens, tokens } from "./tokens";

/** What the editor is given. */
export interface Options {
  readonly text: string;
  readonly label: string;
  /** What stands there as long as there is no text. */
  readonly placeholder: string;
  changed(text: string): void;
}

/** A mounted editor. */
export interface Editor {
  /** Replaces the text, unless it is the same already. */
  setText(text: string, label: string): void;
  /** Shows colours and marks, if they belong to the text as it is now. */
  show(analyzed: Analyzed): void;
  /** Selects a range and takes the focus. */
  select(from: number, to: number): void;
  focus(): void;
  dispose(): void;
}

/** Mounts an editor in `host`. */
export function mount(host: HTMLElement, options: Options): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [frame(), ...root.adoptedStyleSheets];
  let silent = false;
  const state = (text: string, label: string): EditorState =>
    EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        highlightActiveLine(),
        highlightSpecialChars(),
        drawSelection(),
        history(),
        EditorView.lineWrapping,
        placeholder(options.placeholder),
        EditorState.tabSize.of(4),
        tokens,
        theme,
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({
          "aria-label": label,
          spellcheck: "false",
          autocapitalize: "off",
          translate: "no",
          // It has the focus anyway; for checkers it is said.
          tabindex: "0",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !silent) {
            options.changed(update.state.doc.toString());
          }
        }),
      ],
    });
  const view = new EditorView({ root, parent: root, state: state(options.text, options.label) });
  return {
    setText(text, label) {
      const labelled = view.contentDOM.getAttribute("aria-label") === label;
      if (!labelled) {
        view.setState(state(text, label));
      } else if (view.state.doc.toString() !== text) {
        silent = true;
        view.dispatch({ changes: difference(view.state.doc.toString(), text) });
        silent = false;
      }
    },
    show(analyzed) {
      if (view.state.doc.toString() === analyzed.source) {
        view.dispatch({ effects: setTokens.of(analyzed.tokens) });
        view.dispatch(
          setDiagnostics(
            view.state,
            analyzed.findings.map((it) => diagnostic(it, view)),
          ),
        );
      }
    },
    select(from, to) {
      const end = view.state.doc.length;
      const anchor = Math.min(from, end);
      view.dispatch({
        selection: { anchor, head: Math.min(to, end) },
        // With some lines around, in the editor and in the window.
        effects: EditorView.scrollIntoView(anchor, { y: "nearest", yMargin: 48 }),
      });
      view.focus();
    },
    focus: () => {
      view.focus();
    },
    dispose: () => {
      view.destroy();
    },
  };
}

const SEVERITY = { error: "error", warning: "warning", info: "info", style: "info" } as const;

function diagnostic(it: Finding, view: EditorView): Diagnostic {
  const end = view.state.doc.length;
  const { fix } = it;
  const actions =
    fix === undefined || fix.safety === "display"
      ? []
      : [
          {
            name: fix.title,
            apply: (): void => {
              const before = view.state.doc.toString();
              view.dispatch({ changes: difference(before, applyEdits(before, fix.edits)) });
            },
          },
        ];
  return {
    from: Math.min(it.from, end),
    to: Math.min(it.to, end),
    severity: SEVERITY[it.severity],
    source: it.code,
    message: it.message.replaceAll("`", ""),
    actions,
  };
}

function frame(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":host{display:block;min-height:0}.cm-editor{height:100%}");
  return sheet;
}
