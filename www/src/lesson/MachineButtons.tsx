/** Undo and redo of the machine, and in a lesson the reset of a step. */

import type { JSX } from "preact";
import { useParts } from "../ui/context";

/** The buttons. */
export function MachineButtons({ reset = false }: { reset?: boolean }): JSX.Element {
  const { player } = useParts();
  const state = player.state.value;
  return (
    <div class="row quiet">
      <button
        type="button"
        class="small"
        disabled={state !== undefined && !state.canUndo}
        onClick={() => {
          void player.undo();
        }}
      >
        Undo
      </button>
      <button
        type="button"
        class="small"
        disabled={state !== undefined && !state.canRedo}
        onClick={() => {
          void player.redo();
        }}
      >
        Redo
      </button>
      {reset ? (
        <button
          type="button"
          class="small"
          onClick={() => {
            void player.resetStep();
          }}
        >
          Reset step
        </button>
      ) : null}
    </div>
  );
}
