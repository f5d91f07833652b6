/** The stages of a build and their steps: what each adds, and what the cache has of it. */

import type { JSX } from "preact";
import type { BuildCache, BuildFile, BuildLayer, BuildStage, BuildStep, BuildView } from "../core";
import { LineLink } from "../ui/LineLink";
import { Words } from "../ui/Words";
import { count, sizeOf, weight } from "./words";

/** The list. */
export function Stages({ build }: { build: BuildView }): JSX.Element {
  const { stages, more } = build;
  const sizes = stages.flatMap((it) => it.steps).map((it) => it.layer?.bytes ?? 0);
  const largest = sizes.reduce((one, other) => Math.max(one, other), 1);
  return (
    <>
      <ol class="stages">
        {stages.map((it, at) => (
          <Stage key={at} stage={it} largest={largest} several={stages.length > 1} />
        ))}
      </ol>
      {more === 0 ? null : (
        <p class="rest reason">
          {count(more, "more line")} {more === 1 ? "is" : "are"} built, but not listed. The numbers above
          count them.
        </p>
      )}
    </>
  );
}

function Stage({
  stage,
  largest,
  several,
}: {
  stage: BuildStage;
  largest: number;
  several: boolean;
}): JSX.Element {
  const { base, name, needed, onStage, steps, target, cache } = stage;
  return (
    <li data-needed={String(needed)} data-target={String(target)}>
      <h3>
        <Badge at={stage.lines} />
        <span class="from">
          FROM <code>{base ?? "?"}</code>
        </span>
        {several ? (
          <span class="stage">
            {/^stage \d+$/.test(name) ? name : <code>{name}</code>}
            {target ? (
              <b>becomes the image</b>
            ) : needed ? null : (
              <span>not needed: BuildKit leaves it out</span>
            )}
            {onStage ? <span class="vh">, on top of an earlier stage</span> : null}
          </span>
        ) : null}
        {cache === undefined || cache.reused ? null : <Cache {...cache} />}
      </h3>
      {steps.length === 0 ? null : (
        <ol class="stations">
          {steps.map((it, at) => (
            <Step key={at} step={it} largest={largest} />
          ))}
        </ol>
      )}
    </li>
  );
}

/** The line of the file, as a station's number. */
function Badge({ at }: { at: readonly [number, number] }): JSX.Element {
  return (
    <LineLink at={at} class="number">
      <span class="vh">line </span>
      {at[0]}
    </LineLink>
  );
}

function Step({ step, largest }: { step: BuildStep; largest: number }): JSX.Element {
  const { layer, cache, trigger, runs } = step;
  const fate = cache === undefined || layer === undefined ? undefined : cache.reused ? "reused" : "again";
  return (
    <li data-cache={fate} data-layer={String(layer !== undefined)}>
      <Badge at={step.lines} />
      <div class="what">
        <code class="text">{step.text}</code>
        {trigger ? <span class="reason">added by ONBUILD of the base image</span> : null}
        {layer === undefined ? (
          <span class="reason">no layer, configuration only</span>
        ) : (
          <Layer layer={layer} largest={largest} runs={runs} />
        )}
        {cache === undefined || layer === undefined ? null : <Cache {...cache} />}
      </div>
    </li>
  );
}

function Cache({ reused, reason }: BuildCache): JSX.Element {
  return (
    <span class="cache" data-reused={String(reused)}>
      <b>{reused ? "Reused" : "Runs again"}</b>
      <span>
        <Words text={reason} />
      </span>
    </span>
  );
}

function Layer({ layer, largest, runs }: { layer: BuildLayer; largest: number; runs: boolean }): JSX.Element {
  const { bytes, files, more, waste } = layer;
  const rest = files.slice(SHOWN);
  return (
    <div class="layer">
      <span class="weight" data-known={String(bytes !== undefined)}>
        <meter aria-hidden="true" min={0} max={largest} value={bytes ?? 0} />
        <span class="size">{weight(layer, runs)}</span>
        {waste === 0 ? null : <span class="waste">hides {sizeOf(waste)} of layers below</span>}
      </span>
      {files.length === 0 ? null : <Files files={files.slice(0, SHOWN)} />}
      {rest.length === 0 ? null : (
        <details>
          <summary>{count(rest.length + more, "more file")}</summary>
          <Files files={rest} />
          {more === 0 ? null : <p class="reason">and {count(more, "more file")}</p>}
        </details>
      )}
    </div>
  );
}

/** So many files are there to see at once. */
const SHOWN = 3;

const MARKS = { added: "+", changed: "~", removed: "−" } as const;

function Files({ files }: { files: readonly BuildFile[] }): JSX.Element {
  return (
    <ul class="changes">
      {files.map((it) => (
        <li key={it.path} data-how={it.how}>
          <span class="mark" aria-hidden="true">
            {MARKS[it.how]}
          </span>
          <span class="vh">{it.how} </span>
          <code>{it.path}</code>
          {it.bytes === undefined ? null : <span class="size">{sizeOf(it.bytes)}</span>}
        </li>
      ))}
    </ul>
  );
}
