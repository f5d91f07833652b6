/** The build, seen without building: what it comes to, its stages and steps, and what is unwise about it. */

import type { ComponentChildren, JSX } from "preact";
import type { BuildFault, BuildHidden, BuildView, BuildWarning } from "../core";
import { useParts } from "../ui/context";
import { Octagon, Triangle } from "../ui/Icons";
import { LineLink } from "../ui/LineLink";
import { Words } from "../ui/Words";
import { Stages } from "./Stages";
import { added, count, sizeOf, summary } from "./words";

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
  const { error, stages, hidden, warnings } = build;
  if (stages.length === 0) {
    return (
      <>
        {error === undefined ? null : <Fault error={error} />}
        <p class="empty">A build begins with FROM. Write one in the Dockerfile, and its steps stand here.</p>
      </>
    );
  }
  return (
    <>
      {error === undefined ? null : <Fault error={error} />}
      <Facts build={build} />
      {error === undefined ? (
        <p class="summary" role="status">
          {summary(build)}
        </p>
      ) : null}
      <Stages build={build} />
      {hidden.length === 0 ? null : <Hidden build={build} />}
      {warnings.length === 0 ? null : <Warnings build={build} />}
    </>
  );
}

function Fault({ error }: { error: BuildFault }): JSX.Element {
  return (
    <div class="fault" role="status">
      <Octagon />
      <div>
        <p>
          <b>There is no image.</b> <Words text={error.message} />
        </p>
        <p class="reason">
          <LineLink at={error.lines} />
          {error.help === undefined ? null : (
            <>
              {": "}
              <Words text={error.help} />
            </>
          )}
        </p>
      </div>
    </div>
  );
}

/** The numbers, as in the title block of a drawing. */
function Facts({ build }: { build: BuildView }): JSX.Element {
  const { total, warnings, moreWarnings, waste, hidden, moreHidden, compared } = build;
  const { size, rest } = added(build);
  const warned = warnings.length + moreWarnings;
  return (
    <dl class="facts">
      <Fact name="Steps" value={total.steps.toLocaleString("en")}>
        {count(total.layers, "layer")}
      </Fact>
      <Fact name="Known size" value={size}>
        {rest}
      </Fact>
      <Fact name="Wasted" value={sizeOf(waste)}>
        {count(hidden.length + moreHidden, "hidden file")}
      </Fact>
      <Fact name="Runs again" value={compared ? total.again.toLocaleString("en") : "–"}>
        {compared ? `of ${count(total.layers, "layer")}` : "not compared"}
      </Fact>
      <Fact name="Warnings" value={warned.toLocaleString("en")}>
        {warned === 0 ? "none" : "listed below"}
      </Fact>
    </dl>
  );
}

function Fact({
  name,
  value,
  children,
}: {
  name: string;
  value: string;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        <span class="reason">{children}</span>
      </dd>
    </div>
  );
}

function Hidden({ build }: { build: BuildView }): JSX.Element {
  const { hidden, moreHidden, waste } = build;
  return (
    <section class="notes" aria-labelledby="build-hidden">
      <h3 id="build-hidden">In the image, but nobody sees it</h3>
      <p class="reason">{sizeOf(waste)} stay in lower layers. A later layer cannot make the image smaller.</p>
      <ul>
        {hidden.map((it) => (
          <HiddenFile key={`${it.path} ${String(it.hidden)}`} file={it} />
        ))}
        {moreHidden === 0 ? null : <li class="reason">and {count(moreHidden, "file")} more</li>}
      </ul>
    </section>
  );
}

function HiddenFile({ file }: { file: BuildHidden }): JSX.Element {
  const { path, bytes, written, hidden, replaced } = file;
  return (
    <li>
      <p>
        <code>{path}</code> <span class="size">{sizeOf(bytes)}</span>
      </p>
      <p class="reason">
        {written === undefined ? (
          "from the base image"
        ) : (
          <>
            written in <LineLink at={[written, written]} />
          </>
        )}
        , {replaced ? "replaced" : "taken away"} in <LineLink at={[hidden, hidden]} />
      </p>
    </li>
  );
}

function Warnings({ build }: { build: BuildView }): JSX.Element {
  const { warnings, moreWarnings, error } = build;
  return (
    <section class="notes" aria-labelledby="build-warnings">
      <h3 id="build-warnings">What docker build warns about</h3>
      {error === undefined ? <p class="reason">The image is built all the same.</p> : null}
      <ul class="warnings">
        {warnings.map((it, at) => (
          <Warning key={at} warning={it} />
        ))}
        {moreWarnings === 0 ? null : <li class="reason">and {moreWarnings.toLocaleString("en")} more</li>}
      </ul>
    </section>
  );
}

function Warning({ warning }: { warning: BuildWarning }): JSX.Element {
  const { rule, message, help, lines, url } = warning;
  return (
    <li>
      <Triangle />
      <div>
        <p>
          <LineLink at={lines} />: {message}
        </p>
        <p class="reason">
          {help}{" "}
          {url === undefined ? (
            <span class="rule">{rule}</span>
          ) : (
            <a class="rule" href={url} rel="noreferrer noopener">
              {rule}
            </a>
          )}
        </p>
      </div>
    </li>
  );
}
