/** Colours a Dockerfile by the tokens of our own parser, so that colours, findings and the Why table agree. */

import { type Extension, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Token } from "../core";

/** Replaces all tokens. They must belong to the text as it is now. */
export const setTokens = StateEffect.define<readonly Token[]>();

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setTokens)) {
        next = build(effect.value, transaction.state.doc.length);
      }
    }
    return next;
  },
  provide: (it) => EditorView.decorations.from(it),
});

const style = EditorView.baseTheme({
  ".tok-keyword": { color: "var(--accent)", fontWeight: "700" },
  ".tok-directive": { color: "var(--info)" },
  ".tok-comment": { color: "var(--muted)", fontStyle: "italic" },
  ".tok-flag": { color: "var(--info)" },
  ".tok-string": { color: "var(--ok)" },
  ".tok-variable": { color: "var(--warn)" },
  ".tok-image": { color: "var(--ink)", fontWeight: "600" },
  ".tok-stage": { color: "var(--signal)" },
  ".tok-operator": { color: "var(--muted)" },
  ".tok-heredoc": { color: "var(--ok)" },
});

/** The extension. */
export const tokens: Extension = [field, style];

const marks = new Map<Token["kind"], Decoration>();

function mark(kind: Token["kind"]): Decoration {
  const known = marks.get(kind) ?? Decoration.mark({ class: `tok-${kind}` });
  marks.set(kind, known);
  return known;
}

function build(list: readonly Token[], length: number): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  let at = 0;
  for (const { from, to, kind } of list) {
    if (from >= at && from < to && to <= length) {
      builder.add(from, to, mark(kind));
      at = to;
    }
  }
  return builder.finish();
}
