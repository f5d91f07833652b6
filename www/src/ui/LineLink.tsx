/** A way from what is said about some lines of the Dockerfile to these lines. */

import type { ComponentChildren, JSX } from "preact";
import { lines, rangeOf } from "../editor/lines";
import { useParts } from "./context";

/** The link: `line 3`, or what stands inside. */
export function LineLink({ at, children, ...rest }: LineLinkProps): JSX.Element {
  const { workspace, desk } = useParts();
  const go = async (): Promise<void> => {
    if (workspace.open.value !== DOCKERFILE) {
      await workspace.show(DOCKERFILE);
    }
    desk.toPlace(rangeOf(workspace.text.value, at));
  };
  return (
    <button
      type="button"
      class={rest.class ?? "link"}
      title="Show it in the editor"
      onClick={() => {
        void go();
      }}
    >
      {children ?? lines(at)}
    </button>
  );
}

const DOCKERFILE = "Dockerfile";

interface LineLinkProps {
  readonly at: readonly [number, number];
  readonly class?: string;
  readonly children?: ComponentChildren;
}
