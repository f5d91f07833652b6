/** An image name taken apart, drawn with dimension lines. The list carries all facts; the lines are decoration. */

import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { Part } from "../core";
import { useParts } from "../ui/context";
import { Words } from "../ui/Words";

/** The input and the drawing. */
export function NameDrawing({ large = false, title }: { large?: boolean; title?: JSX.Element }): JSX.Element {
  const { workspace } = useParts();
  const id = useId();
  const found = workspace.anatomy.value;
  return (
    <div class="anatomy" data-large={large}>
      <div class="ask">
        {title}
        <label for={id} class={title === undefined ? undefined : "vh"}>
          Image name
        </label>
        <input
          id={id}
          type="text"
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          translate={false}
          value={workspace.name.value}
          placeholder="ubuntu:bionic"
          onInput={(event) => {
            void workspace.takeApart(event.currentTarget.value, true);
          }}
        />
      </div>
      {found === undefined ? null : found.error === undefined ? (
        <>
          <dl class="parts">
            {found.parts.map((it) => (
              <PartOf key={it.role} part={it} />
            ))}
          </dl>
          {found.registry === undefined ? null : (
            <p class="meta">
              <Words text={found.registry} />
            </p>
          )}
        </>
      ) : (
        <div class="note" data-severity="error" role="note">
          <p>
            <code>{found.error}</code>
          </p>
          {found.help === undefined ? null : (
            <p>
              <Words text={found.help} />
            </p>
          )}
        </div>
      )}
    </div>
  );
}

function PartOf({ part }: { part: Part }): JSX.Element {
  return (
    <div data-role={part.role} data-implied={part.implied}>
      <dt>
        <code>{part.text}</code>
      </dt>
      <dd>
        <span class="dimension" aria-hidden="true" />
        <span class="role">
          {part.role}
          {part.implied ? <em> implied</em> : null}
        </span>
        <span class="rule">
          <Words text={part.rule} />
        </span>
      </dd>
    </div>
  );
}
