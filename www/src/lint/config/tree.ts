/** A configuration as a tree with places, whatever it was written in. */

/** A part of a text, in UTF-16 units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A key with its value. */
export interface Entry {
  readonly key: string;
  readonly keyAt: Span;
  readonly value: Tree;
}

/** A value with its place. */
export type Tree =
  | { readonly kind: "text"; readonly value: string; readonly at: Span }
  | { readonly kind: "flag"; readonly value: boolean; readonly at: Span }
  | { readonly kind: "list"; readonly items: readonly Tree[]; readonly at: Span }
  | { readonly kind: "table"; readonly entries: readonly Entry[]; readonly at: Span }
  /** A number, a date, nothing at all. */
  | { readonly kind: "other"; readonly at: Span };

/** What is wrong in a configuration, and where. */
export interface Problem extends Span {
  readonly message: string;
}

/** A tree, or why there is none. */
export type Read = { readonly table: Table } | { readonly problems: readonly Problem[] };

/** The tree of a whole file. */
export type Table = Extract<Tree, { kind: "table" }>;

/** What a value is, for people. */
export const KINDS: Record<Tree["kind"], string> = {
  text: "a text",
  flag: "true or false",
  list: "a list",
  table: "a table",
  other: "something else",
};
