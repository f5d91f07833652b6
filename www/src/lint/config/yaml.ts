/** YAML as a tree with places. */

import { type Document, isAlias, isMap, isScalar, isSeq, type ParsedNode, parseDocument } from "yaml";
import type { Entry, Read, Span, Tree } from "./tree";

/** So deep is a configuration at most. */
const DEPTH = 20;

/** Reads a text. */
export function readYaml(text: string): Read {
  const document = parseDocument(text, { prettyErrors: false, version: "1.2" });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos: [from, to], message }) => ({ from, to, message }));
    return { problems };
  }
  const root = document.contents === null ? undefined : tree(document.contents, document, DEPTH);
  if (root === undefined || (root.kind === "other" && text.trim() === "")) {
    return { table: { kind: "table", entries: [], at: { from: 0, to: 0 } } };
  }
  return root.kind === "table"
    ? { table: root }
    : { problems: [{ ...root.at, message: "this is no table of keys and values" }] };
}

function tree(node: ParsedNode, document: Document, depth: number): Tree {
  const at: Span = { from: node.range[0], to: node.range[1] };
  if (depth === 0) {
    return { kind: "other", at };
  }
  const below = (it: unknown): Tree => tree(it as ParsedNode, document, depth - 1);
  if (isAlias(node)) {
    const meant = node.resolve(document);
    return meant === undefined ? { kind: "other", at } : { ...below(meant), at };
  }
  if (isSeq(node)) {
    return { kind: "list", items: node.items.map(below), at };
  }
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }): Entry => {
      const keyAt: Span = { from: key.range[0], to: key.range[1] };
      const written = isScalar(key) ? String(key.value) : "";
      return { key: written, keyAt, value: value === null ? { kind: "other", at: keyAt } : below(value) };
    });
    return { kind: "table", entries, at };
  }
  const { value } = node;
  return typeof value === "string"
    ? { kind: "text", value, at }
    : typeof value === "boolean"
      ? { kind: "flag", value, at }
      : { kind: "other", at };
}
