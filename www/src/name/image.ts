/** Finds the image that a docker line is about, to take its name apart. */

const RUN_VALUES = new Set(
  "-e --env --env-file -v --volume --mount -p --publish --name -w --workdir -u --user --network --net -l --label -h --hostname -m --memory --cpus --entrypoint --platform --pull --restart --add-host --device --ip --dns --shm-size --tmpfs --ulimit --cap-add --cap-drop --security-opt --stop-signal -a --attach".split(
    " ",
  ),
);

/** Whether `line` starts a container. */
export function isRun(line: string): boolean {
  return /^\s*(?:sudo\s+)?docker\s+(?:container\s+)?run(?:\s|$)/.test(line);
}

/** Whether `line` builds an image. */
export function isBuild(line: string): boolean {
  return /^\s*(?:sudo\s+)?docker\s+(?:image\s+|buildx\s+)?build(?:\s|$)/.test(line);
}

/** The image's name in a line of `docker pull`, `push`, `run`, `create`, `tag`, `rmi` or `build -t`. */
export function imageOf(line: string): string | undefined {
  const words = line.trim().replaceAll(/["']/g, "").split(/\s+/);
  if (words[0] === "sudo") {
    words.shift();
  }
  if (words.shift() !== "docker") {
    return undefined;
  }
  if (words[0] === "image" || words[0] === "container") {
    words.shift();
  }
  switch (words.shift() ?? "") {
    case "build":
    case "buildx":
      return tagOf(words);
    case "pull":
    case "push":
    case "run":
    case "create":
    case "tag":
    case "rmi":
    case "history":
      return firstWord(words);
    default:
      return undefined;
  }
}

function tagOf(words: readonly string[]): string | undefined {
  const at = words.findIndex((it) => it === "-t" || it === "--tag");
  return at < 0 ? words.find((it) => it.startsWith("--tag="))?.slice("--tag=".length) : words[at + 1];
}

function firstWord(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-")) {
      return word;
    }
    if (RUN_VALUES.has(word)) {
      at += 1;
    }
  }
  return undefined;
}
