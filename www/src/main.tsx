/** Makes everything and knows everyone. */

import { render } from "preact";
import { Docker } from "./connect/docker";
import { RealShell } from "./connect/real";
import { Core } from "./core";
import { Player } from "./lesson/player";
import { Desk } from "./state/desk";
import { followRoute } from "./state/route";
import { followTheme } from "./state/theme";
import { Workspace } from "./state/workspace";
import { SimulatedShell } from "./terminal/simulated";
import { App } from "./ui/App";
import { PartsContext } from "./ui/context";

const core = new Core();
const workspace = new Workspace(core);
const desk = new Desk();
const docker = new Docker(core);

const player: Player = new Player(core, workspace, () => simulated);
const simulated: SimulatedShell = new SimulatedShell(core, {
  before: () => workspace.flush(),
  async after(line) {
    await player.refresh();
    await workspace.follow(line);
    desk.explain(line);
    if (!simulated.screen.running.value) {
      player.typeNext();
    }
  },
  open(path) {
    void workspace.show(path.replace(/^.*\//, ""));
    desk.toEditor();
  },
});
const real = new RealShell(core, docker, {
  async files() {
    await workspace.flush();
    return workspace.files.value;
  },
  profile: () => player.profile.value,
});

workspace.edited = () => {
  void player.refresh();
};
core.ready.then(
  () => {
    simulated.ready.value = true;
    player.list().catch(() => undefined);
  },
  () => undefined,
);
void docker.begin().then(() => {
  if (docker.link.value.kind === "connected") {
    desk.mode.value = "real";
  }
});
followTheme();
followRoute();

const root = document.getElementById("app");
if (root !== null) {
  root.replaceChildren();
  render(
    <PartsContext.Provider value={{ core, workspace, player, simulated, real, docker, desk }}>
      <App />
    </PartsContext.Provider>,
    root,
  );
}
