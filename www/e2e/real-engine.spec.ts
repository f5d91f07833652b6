/** The engine goes away while it builds. */

import { expect, test } from "@playwright/test";
import { Desk, given } from "./real-desk";

test("an engine that dies in mid-build is said, and nothing hangs", async ({ browser }) => {
  test.setTimeout(90_000);
  const desk = await Desk.open(browser);
  try {
    await desk.dockerfile("FROM busybox:local\nRUN echo begun && sleep 300\n", "paste");
    await desk.enter("docker build -t slow .");
    await expect(desk.last).toContainText("begun", { timeout: 30_000 });
    process.kill(Number(given("DOCKWRIGHT_TEST_ENGINE_PID")), "SIGKILL");
    await expect(desk.last).toContainText("The Docker engine went away", { timeout: 15_000 });
    await expect(desk.stopButton).toBeHidden({ timeout: 15_000 });
    await expect(desk.docker).not.toHaveAccessibleName(/My Docker connected/, { timeout: 15_000 });
    await expect(desk.page.getByText(/there is no Docker engine/)).toBeVisible();
    expect(desk.complaints).toEqual([]);
  } finally {
    await desk.close();
  }
});
