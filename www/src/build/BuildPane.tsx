/** The build, seen without building: stages, steps, layers, and what the cache has of them. */

import type { JSX } from "preact";
import type { BuildStage, BuildStep, BuildView } from "../core";
import { useParts } from "../ui/context";
import { Words } from "../ui/Words";
import { lines } from "../why/WhyValues";
import { sizeOf, summary } from "./words";

/** The pane. */
export function BuildPane(): JSX.Element {
  const { workspace } = useParts();
  const build = workspace.build.value;
  return (
    <section class="pane build" aria-labelledby="build-title">
      <div class="head">
        <h2 id="build-title">Build and layers</h2>
        {build === undefined || build.stages.length === 0 ? null : (
          <button
            type="button"
            class="small"
            onClick={() => {
              void workspace.remember();
            }}
          >
            Compare from here
          </button>
        )}
      </div>
      {build === undefined ? (
        <p class="empty" role="status">
          Reading the Dockerfile…
        </p>
      ) : (
        <Inside build={build} />
      )}
    </section>
  );
}

function Inside({ build }: { build: BuildView }): JSX.Element {
  if (build.stages.length === 0) {
    return (
      <p class="empty">A build begins with FROM. Write one in the Dockerfile, and its steps stand here.</p>
    );
  }
  const largest = Math.max(1, ...build.stages.flatMap((it) => it.steps).map((it) => it.layer?.bytes ?? 0));
  return (
    <>
      {build.error === undefined ? (
        <p class="summary" role="status">
          {summary(build)}
        </p>
      ) : (
        <p class="summary fails">
          <b>There is no image.</b> <Words text={build.error} />
        </p>
      )}
      <ol class="stages">
        {build.stages.map((it) => (
          <Stage key={it.line} stage={it} largest={largest} several={build.stages.length > 1} />
        ))}
      </ol>
      {build.hidden.length === 0 ? null : (
        <section class="hidden" aria-labelledby="build-hidden">
          <h3 id="build-hidden">In the image, but not to be seen</h3>
          <ul>
            {build.hidden.map((it) => (
              <li key={`${it.path} ${String(it.hidden)}`}>
                <code>{it.path}</code>, {sizeOf(it.bytes)}
                <span class="reason">
                  {it.written === undefined ? "from the base image" : `written in line ${String(it.written)}`}
                  , hidden by line {it.hidden}. A later layer cannot make the image smaller.
                </span>
              </li>
            ))}
          </ul>
        </section>
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
  const { base, name, needed, steps, target, cache } = stage;
  return (
    <li data-needed={String(needed)}>
      <h3>
        <span class="number">{stage.line}</span>
        FROM <code>{base ?? "?"}</code>
        {several ? (
          <span class="reason">
            {name}
            {target ? ", becomes the image" : needed ? "" : ", not needed: BuildKit leaves it out"}
          </span>
        ) : null}
        {cache === undefined || cache.reused ? null : <Cache reused={false} reason={cache.reason} />}
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

function Step({ step, largest }: { step: BuildStep; largest: number }): JSX.Element {
  const { layer, cache, trigger } = step;
  return (
    <li data-cache={cache === undefined ? undefined : cache.reused ? "reused" : "again"}>
      <span class="number" title={lines(step.lines)}>
        <span class="vh">line </span>
        {step.lines[0]}
      </span>
      <div class="what">
        <code>{step.text}</code>
        {trigger ? <span class="reason">added by ONBUILD of the base image</span> : null}
        {layer === undefined ? (
          <span class="reason">no layer: it changes the configuration only</span>
        ) : (
          <Layer layer={layer} largest={largest} />
        )}
        {cache === undefined || layer === undefined ? null : <Cache {...cache} />}
      </div>
    </li>
  );
}

function Cache({ reused, reason }: { reused: boolean; reason: string }): JSX.Element {
  return (
    <span class="cache" data-reused={String(reused)}>
      <b>{reused ? "Reused" : "Runs again"}</b>
      <span>
        <Words text={reason} />
      </span>
    </span>
  );
}

function Layer({ layer, largest }: { layer: NonNullable<BuildStep["layer"]>; largest: number }): JSX.Element {
  const { bytes, files, more, waste } = layer;
  const names = files.length + more;
  return (
    <div class="layer">
      <meter
        aria-label="Size of the layer"
        min={0}
        max={largest}
        value={bytes ?? 0}
        data-known={String(bytes !== undefined)}
      >
        {bytes === undefined ? "not known" : sizeOf(bytes)}
      </meter>
      <span class="size">{bytes === undefined ? "size not known before it runs" : sizeOf(bytes)}</span>
      {waste === 0 ? null : <span class="reason">hides {sizeOf(waste)} of layers below</span>}
      {names === 0 ? null : (
        <details>
          <summary>{names === 1 ? "1 file" : `${String(names)} files`}</summary>
          <ul>
            {files.map((it) => (
              <li key={it.path}>
                <code>{it.path}</code>
                <span class="reason">
                  {it.how}
                  {it.bytes === undefined ? "" : `, ${sizeOf(it.bytes)}`}
                </span>
              </li>
            ))}
            {more === 0 ? null : <li>and {more} more</li>}
          </ul>
        </details>
      )}
    </div>
  );
}
