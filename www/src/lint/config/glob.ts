/** Patterns of paths, as `per-file-ignores` has them: `*` and `?` mean slashes too, as in the native linter. */

/** The pattern as an expression, or `undefined` if it is malformed. */
export function glob(pattern: string): RegExp | undefined {
  let source = "";
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const it = pattern.charAt(at);
    if (it === "*") {
      const slash = /^\*\*(\/|$)/.exec(pattern.slice(at));
      if (slash !== null && (at === 0 || pattern.charAt(at - 1) === "/")) {
        source += slash[1] === "/" ? "(?:.*/)?" : ".*";
        at += slash[0].length - 1;
      } else {
        source += ".*";
      }
    } else if (it === "?") {
      source += ".";
    } else if (it === "[") {
      const end = pattern.indexOf("]", at + 2);
      if (end < 0) {
        return undefined;
      }
      const inside = pattern.slice(at + 1, end);
      const negated = /^[!^]/.test(inside);
      source += `[${negated ? "^" : ""}${inside.slice(negated ? 1 : 0).replaceAll(/[\\\]^]/g, "\\$&")}]`;
      at = end;
    } else if (it === "{") {
      depth++;
      source += "(?:";
    } else if (it === "}" && depth > 0) {
      depth--;
      source += ")";
    } else if (it === "," && depth > 0) {
      source += "|";
    } else {
      const literal = it === "\\" ? pattern.charAt(++at) : it;
      source += literal.replaceAll(/[$()*+.?[\\\]^{|}/-]/g, "\\$&");
    }
  }
  if (depth > 0) {
    return undefined;
  }
  try {
    return new RegExp(`^${source}$`, "su");
  } catch {
    return undefined;
  }
}
