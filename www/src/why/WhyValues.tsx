/** Everything else that a container has: each value, where it comes from, and what it replaced. */

import type { JSX } from "preact";
import type { Why, WhyOrigin, WhyValue } from "../core";

const NAMES: Readonly<Record<string, string>> = {
  user: "User",
  workdir: "Working directory",
  env: "Variable",
  shell: "Shell",
  "stop signal": "Stop signal",
  "stop timeout": "Stop timeout",
  init: "Init",
  hostname: "Host name",
  health: "Health check",
  port: "Port",
  volume: "Volume",
  label: "Label",
};

/** The stages, the values and the end of a container. */
export function WhyValues({ why }: { why: Why }): JSX.Element {
  const { values, stages, stop } = why;
  return (
    <div class="whymore">
      {stages.length === 0 ? null : (
        <section aria-labelledby="why-stages">
          <h3 id="why-stages">Stages of the image</h3>
          <ol class="chain">
            {stages.map((it) => (
              <li key={it.lines[0]}>
                <code>{it.name}</code>
                <span class="reason">
                  from <code>{it.base}</code>, {lines(it.lines)}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {values.length === 0 ? null : (
        <section aria-labelledby="why-values">
          <h3 id="why-values">What else the container gets</h3>
          <dl class="values">
            {values.map((it) => (
              <Item key={`${it.kind} ${it.key}`} value={it} />
            ))}
          </dl>
        </section>
      )}
      {stop.length === 0 ? null : (
        <section aria-labelledby="why-stop">
          <h3 id="why-stop">How it is stopped</h3>
          <ul class="stop">
            {stop.map((it) => (
              <li key={it}>{sentence(it)}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Item({ value }: { value: WhyValue }): JSX.Element {
  const { kind, key, origin, replaced } = value;
  return (
    <div>
      <dt>
        {NAMES[kind] ?? kind}
        {key === "" ? null : (
          <>
            {" "}
            <code>{key}</code>
          </>
        )}
      </dt>
      <dd>
        {value.value === undefined ? (
          <span class="nil">taken away</span>
        ) : (
          <code>{value.value === "" ? "(empty)" : value.value}</code>
        )}
        <span class="reason">{place(origin)}</span>
        {replaced.map((it, at) => (
          <span key={at} class="reason">
            instead of{" "}
            <s>
              <code>{it.value === "" ? "(empty)" : it.value}</code>
            </s>
            , {place(it.origin)}
          </span>
        ))}
      </dd>
    </div>
  );
}

/** Where a value comes from, in words. */
export function place({ from, name, lines: at, trigger }: WhyOrigin): string {
  switch (from) {
    case "docker":
      return "Docker's default";
    case "base":
      return `from ${name}`;
    case "dockerfile": {
      const where = at === undefined ? "the Dockerfile" : lines(at);
      return trigger ? `ONBUILD of the base image, ${where}` : where;
    }
    case "build":
      return `docker build ${name}`;
    case "run":
      return `docker run ${name}`;
  }
}

/** `line 3` or `lines 3–4`. */
export function lines([first, last]: readonly [number, number]): string {
  return first === last ? `line ${String(first)}` : `lines ${String(first)}–${String(last)}`;
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  // A sentence that begins with a command keeps its small letter.
  return `${text.startsWith("docker ") ? text : whole}.`;
}
