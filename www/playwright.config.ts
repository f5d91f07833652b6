import { defineConfig } from "@playwright/test";

const given = process.env.DOCKWRIGHT_URL;
const preview = "http://127.0.0.1:4173/";

/** Against `vite preview`, which sends the agent's security policy; or against the server that `DOCKWRIGHT_URL` names. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/run",
  timeout: 60_000,
  workers: 1,
  reporter: [["list"]],
  use: {
    baseURL: given ?? preview,
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-dev-shm-usage"],
    },
    trace: "retain-on-failure",
  },
  ...(given === undefined
    ? {
        webServer: {
          command: "npx vite preview --host 127.0.0.1 --port 4173 --strictPort",
          url: preview,
          reuseExistingServer: false,
        },
      }
    : {}),
});
