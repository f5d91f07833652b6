/** What the components share: the objects that the composition root made. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Docker } from "../connect/docker";
import type { RealShell } from "../connect/real";
import type { Core } from "../core";
import type { Player } from "../lesson/player";
import type { Desk } from "../state/desk";
import type { Workspace } from "../state/workspace";
import type { SimulatedShell } from "../terminal/simulated";

/** All of it. */
export interface Parts {
  readonly core: Core;
  readonly workspace: Workspace;
  readonly player: Player;
  readonly simulated: SimulatedShell;
  readonly real: RealShell;
  readonly docker: Docker;
  readonly desk: Desk;
}

/** Given once, in `main.tsx`. */
export const PartsContext = createContext<Parts | undefined>(undefined);

/** The parts. */
export function useParts(): Parts {
  const parts = useContext(PartsContext);
  if (parts === undefined) {
    throw new Error("no parts");
  }
  return parts;
}
