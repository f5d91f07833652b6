/** What a pasted text means for the command line. */

/** Lines to run at once, and what stays in the command line. */
export interface Pasted {
  readonly run: readonly string[];
  readonly rest: string;
}

/** Takes a pasted text apart: whole lines are run, what has no line end stays to be edited. */
export function pasted(text: string): Pasted {
  const joined = text
    .replaceAll("\r\n", "\n")
    .replaceAll("\r", "\n")
    .replace(/\\\n\s*/g, " ");
  const lines = joined.split("\n");
  const rest = lines.pop() ?? "";
  return {
    run: lines.map((it) => it.trim()).filter((it) => it !== "" && !it.startsWith("#")),
    rest: rest.trim(),
  };
}
