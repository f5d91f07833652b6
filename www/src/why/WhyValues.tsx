/** Everything else that a container has: each value, where it comes from, and what it replaced. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Why, WhyOrigin, WhyValue } from "../core";
import { LineLink } from "../ui/LineLink";

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

/** More values are shown when they are asked for. */
const SHOWN = 60;

/** The stages, the values and the end of a container. */
export function WhyValues({ why }: { why: Why }): JSX.Element {
  const { values, stages, stop } = why;
  const all = useSignal(false);
  const shown = all.value ? values : values.slice(0, SHOWN);
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
                  from <code>{it.base}</code>, <LineLink at={it.lines} />
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
            {shown.map((it) => (
              <Item key={`${it.kind} ${it.key}`} value={it} />
            ))}
          </dl>
          {shown.length === values.length ? null : (
            <button
              type="button"
              class="small"
              onClick={() => {
                all.value = true;
              }}
            >
              Show {values.length - shown.length} more
            </button>
          )}
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
        <span class="reason">
          <Where origin={origin} />
        </span>
        {replaced.map((it, at) => (
          <span key={at} class="reason old">
            instead of{" "}
            <s>
              <code>{it.value === "" ? "(empty)" : it.value}</code>
            </s>
            , <Where origin={it.origin} />
          </span>
        ))}
      </dd>
    </div>
  );
}

function Where({ origin }: { origin: WhyOrigin }): JSX.Element {
  const words = place(origin);
  const { lines } = origin;
  return (
    <>
      {words}
      {words === "" || lines === undefined ? "" : ", "}
      {lines === undefined ? null : <LineLink at={lines} />}
    </>
  );
}

/** Where a value comes from, in words, as far as it is not a line. */
export function place({ from, name, lines, trigger }: WhyOrigin): string {
  switch (from) {
    case "docker":
      return "Docker's default";
    case "base":
      return `from ${name}`;
    case "dockerfile":
      return trigger ? "ONBUILD of the base image" : lines === undefined ? "the Dockerfile" : "";
    case "build":
      return `docker build ${name}`;
    case "run":
      return `docker run ${name}`;
  }
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  // A sentence that begins with a command keeps its small letter.
  return `${text.startsWith("docker ") ? text : whole}.`;
}
