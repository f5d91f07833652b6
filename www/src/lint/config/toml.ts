/** TOML as a tree with places. */

import { type AST, ParseError, parseTOML } from "toml-eslint-parser";
import type { Entry, Read, Span, Table, Tree } from "./tree";

/** Reads a text. */
export function readToml(text: string): Read {
  try {
    const [top] = parseTOML(text).body;
    const root = new Node([0, 0]);
    for (const it of top.body) {
      if (it.type === "TOMLKeyValue") {
        root.put(it);
        continue;
      }
      const table = root.below(it.key.keys);
      for (const pair of it.body) {
        table.put(pair);
      }
    }
    return { table: root.table() };
  } catch (error) {
    if (error instanceof ParseError) {
      const from = Math.min(error.index, text.length);
      const line = text.indexOf("\n", from);
      return { problems: [{ from, to: line < 0 ? text.length : line, message: error.message }] };
    }
    throw error;
  }
}

/** A table that is still being put together: TOML writes one in several places. */
class Node {
  readonly #at: AST.Range;
  readonly #entries: { key: string; keyAt: Span; value: Tree | Node }[] = [];

  constructor(at: AST.Range) {
    this.#at = at;
  }

  put(pair: AST.TOMLKeyValue): void {
    const { keys } = pair.key;
    const last = keys.at(-1);
    if (last !== undefined) {
      const value = tree(pair.value);
      this.below(keys.slice(0, -1)).#entries.push({ key: name(last), keyAt: span(last), value });
    }
  }

  below(keys: readonly (AST.TOMLBare | AST.TOMLQuoted)[]): Node {
    return keys.reduce<Node>((node, key) => {
      const known = node.#entries.find((it) => it.key === name(key))?.value;
      if (known instanceof Node) {
        return known;
      }
      const fresh = new Node(key.range);
      node.#entries.push({ key: name(key), keyAt: span(key), value: fresh });
      return fresh;
    }, this);
  }

  table(): Table {
    const entries = this.#entries.map(
      ({ key, keyAt, value }): Entry => ({
        key,
        keyAt,
        value: value instanceof Node ? value.table() : value,
      }),
    );
    return { kind: "table", entries, at: { from: this.#at[0], to: this.#at[1] } };
  }
}

function tree(it: AST.TOMLContentNode): Tree {
  const at = span(it);
  switch (it.type) {
    case "TOMLArray":
      return { kind: "list", items: it.elements.map(tree), at };
    case "TOMLInlineTable": {
      const node = new Node(it.range);
      for (const pair of it.body) {
        node.put(pair);
      }
      return node.table();
    }
    case "TOMLValue":
      switch (it.kind) {
        case "string":
          return { kind: "text", value: it.value, at };
        case "boolean":
          return { kind: "flag", value: it.value, at };
        case "integer":
        case "float":
        case "local-date":
        case "local-date-time":
        case "local-time":
        case "offset-date-time":
          return { kind: "other", at };
      }
  }
}

function name(it: AST.TOMLBare | AST.TOMLQuoted): string {
  return it.type === "TOMLBare" ? it.name : it.value;
}

function span({ range: [from, to] }: { range: AST.Range }): Span {
  return { from, to };
}
