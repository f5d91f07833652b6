/** What a file is to the linter, by its name, and which files belong together. */

/** A Dockerfile, a configuration of ours or of hadolint, a `.dockerignore`; or nothing of concern. */
export type Kind = "dockerfile" | "dockwright" | "hadolint" | "ignore";

const OURS = ["dockwright.toml", ".dockwright.toml"];
const HADOLINT = [".hadolint.yaml", ".hadolint.yml"];

/** What a file of a folder is. */
export function kindOf(path: string): Kind | undefined {
  const name = nameOf(path);
  if (OURS.includes(name)) {
    return "dockwright";
  }
  if (HADOLINT.includes(name)) {
    return "hadolint";
  }
  if (name === ".dockerignore" || name.endsWith(".dockerignore")) {
    return "ignore";
  }
  return /^(dockerfile|containerfile)([.-].*)?$|\.(dockerfile|containerfile)$/i.test(name)
    ? "dockerfile"
    : undefined;
}

/** The name without the folders. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder with a slash at its end; the topmost one is empty. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** The configuration of a Dockerfile: the nearest one above it; hadolint's only if there is none of ours. */
export function configFor(path: string, has: (path: string) => boolean): string | undefined {
  return nearestOf(path, OURS, has) ?? nearestOf(path, HADOLINT, has);
}

/** The `.dockerignore` of a Dockerfile: its own, or the nearest one above it. */
export function ignoreFor(path: string, has: (path: string) => boolean): string | undefined {
  const own = `${path}.dockerignore`;
  return has(own) ? own : nearestOf(path, [".dockerignore"], has);
}

function nearestOf(
  path: string,
  names: readonly string[],
  has: (path: string) => boolean,
): string | undefined {
  let folder = folderOf(path);
  for (;;) {
    const found = names.map((it) => folder + it).find(has);
    if (found !== undefined || folder === "") {
      return found;
    }
    folder = folderOf(folder.slice(0, -1));
  }
}

/** A path that is written in a file, seen from the top; `undefined` if it leads out. */
export function resolve(from: string, written: string): string | undefined {
  const parts = folderOf(from).split("/").slice(0, -1);
  for (const part of written.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) {
        return undefined;
      }
    } else if (part !== "" && part !== ".") {
      parts.push(part);
    }
  }
  return parts.join("/");
}
