/** How the editor looks. It lives in a shadow root, where only custom properties reach it. */

import { EditorView } from "@codemirror/view";

/** The extension. */
export const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "transparent", fontSize: "0.9375rem", height: "100%" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--signal)", padding: "0.625rem 0" },
  ".cm-placeholder": { color: "var(--muted)" },
  ".cm-line": { padding: "0 0.75rem 0 0.25rem" },
  ".cm-cursor": { borderLeftColor: "var(--signal)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--muted)", border: "0" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.25rem", padding: "0 0.375rem 0 0.5rem" },
  ".cm-gutter-lint": { width: "1.25rem" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0.45em 0.2rem" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "var(--wash)" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "-3px" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection": {
    backgroundColor: "var(--selection) !important",
  },
  ".cm-lint-marker": { content: "normal", width: "0.6em", height: "0.6em" },
  ".cm-lint-marker-error": { content: "normal", backgroundColor: "var(--err)", borderRadius: "50%" },
  ".cm-lint-marker-warning": {
    content: "normal",
    backgroundColor: "var(--warn)",
    clipPath: "polygon(50% 0, 100% 100%, 0 100%)",
  },
  ".cm-lint-marker-info": { content: "normal", border: "2px solid var(--info)", borderRadius: "50%" },
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--err)", textUnderlineOffset: "0.2em" },
  ".cm-lintRange-warning": { textDecoration: "underline wavy var(--warn)", textUnderlineOffset: "0.2em" },
  ".cm-lintRange-info": { textDecoration: "underline dotted 2px var(--info)", textUnderlineOffset: "0.2em" },
  ".cm-tooltip": {
    backgroundColor: "var(--surface)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "6px",
    fontFamily: "var(--ui)",
    maxWidth: "32rem",
  },
  ".cm-diagnostic": { padding: "0.375rem 0.75rem", borderLeft: "4px solid var(--line)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--err)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--info)" },
  ".cm-diagnosticAction": {
    font: "inherit",
    fontSize: "0.875rem",
    color: "var(--on-accent)",
    backgroundColor: "var(--accent)",
    borderRadius: "4px",
    padding: "0.125rem 0.5rem",
  },
});
