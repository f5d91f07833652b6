// How fast the page is there on a slow phone: `node www/bench/load.mjs URL LESSON [RUNS]` prints one JSON line of medians.
//
// Slow 4G stands between the browser and the server as a proxy of ours, so that workers are as slow as the page is.
// It compresses, as a host on the other side of such a line does; the agent, on the same machine, need not.
// The processor is four times slower, and the window is 390 pixels wide. Started by `cargo xtask bench`.
import { readdirSync, readFileSync } from "node:fs";
import http from "node:http";
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";

const BYTES_PER_SECOND = 1_600_000 / 8;
const ROUND_TRIP = 150;
const SLOWER = 4;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** A proxy whose answers share one narrow line, compressed. `taken` counts bytes by kind of content. */
async function slowLine() {
  const seen = new WeakSet();
  const taken = new Map();
  let free = 0;
  const send = async (bytes) => {
    const now = performance.now();
    free = Math.max(free, now) + (bytes / BYTES_PER_SECOND) * 1000;
    await sleep(free - now);
  };
  const server = http.createServer(async (request, response) => {
    // A new connection costs a round trip of its own.
    await sleep(seen.has(request.socket) ? ROUND_TRIP : ROUND_TRIP * 2);
    seen.add(request.socket);
    const onward = http.request(request.url, { method: request.method, headers: request.headers }, async (answer) => {
      const kind = (answer.headers["content-type"] ?? "").split(";")[0];
      const plain = Buffer.concat(await answer.toArray());
      const packed = /text|javascript|json|wasm|svg/.test(kind);
      const body = packed ? gzipSync(plain, { level: 9 }) : plain;
      const { "content-length": _, "transfer-encoding": __, ...headers } = answer.headers;
      response.writeHead(answer.statusCode, { ...headers, ...(packed ? { "content-encoding": "gzip" } : {}) });
      for (let at = 0; at < body.length; at += 4096) {
        const part = body.subarray(at, at + 4096);
        await send(part.length);
        taken.set(kind, (taken.get(kind) ?? 0) + part.length);
        response.write(part);
      }
      response.end();
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, taken, close: () => server.close() };
}

/** What the page tells of itself. */
function observe() {
  globalThis.measured = { lcp: 0, cls: 0, blocked: 0 };
  const on = (type, use) => new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true });
  on("largest-contentful-paint", (entry) => { measured.lcp = entry.startTime; });
  on("layout-shift", (entry) => { if (!entry.hadRecentInput) measured.cls += entry.value; });
  on("longtask", (entry) => { measured.blocked += Math.max(0, entry.duration - 50); });
}

/** A fresh browser behind a slow line, for as long as `use` takes. */
async function withPhone(use) {
  const line = await slowLine();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
    proxy: { server: line.url },
  });
  try {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, deviceScaleFactor: 2 });
    await context.addInitScript(observe);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    return await use(page, line.taken, devtools);
  } finally {
    await browser.close();
    line.close();
  }
}

/** A lesson: until all of it is there. */
async function lesson(url) {
  return withPhone(async (page, taken) => {
    await page.goto(url, { waitUntil: "networkidle", timeout: 60_000 });
    await page.getByRole("heading", { level: 1 }).waitFor();
    const bytes = (...kinds) => kinds.reduce((sum, kind) => sum + (taken.get(kind) ?? 0), 0);
    return {
      ...(await page.evaluate(() => globalThis.measured)),
      js: bytes("text/javascript", "application/javascript"),
      wasm: bytes("application/wasm"),
      all: bytes(...taken.keys()),
    };
  });
}

/** The sandbox: until its command line takes input, at first and on a second visit. */
async function sandbox(url) {
  return withPhone(async (page) => {
    const visit = async () => {
      await page.goto("about:blank");
      await page.goto(url, { waitUntil: "commit" });
      await page.getByRole("textbox", { name: /^Command line/, disabled: false }).waitFor({ timeout: 60_000 });
      const usable = await page.evaluate(() => performance.now());
      await page.waitForLoadState("networkidle");
      return usable;
    };
    return { usable: await visit(), again: await visit() };
  });
}

/** 200 lines of Dockerfiles that people wrote. */
function dockerfile() {
  const folder = new URL("../../tests/fixtures/dockerfiles/languages/", import.meta.url);
  const names = readdirSync(folder).filter((it) => !it.endsWith(".txt")).toSorted();
  const lines = names.flatMap((it) => readFileSync(new URL(it, folder), "utf8").split("\n"));
  return `${lines.slice(0, 200).join("\n")}\n`;
}

/**
 * The linter's page: how long the worker has 200 lines, of 100 times the 95th in order. The browser makes only the page
 * slower, not its workers: the time is measured as it is, and multiplied.
 */
async function linter(url) {
  return withPhone(async (page, _, devtools) => {
    await page.addInitScript(() => {
      const Plain = Worker;
      globalThis.Worker = class extends Plain {
        constructor(...args) {
          super(...args);
          globalThis.core = this;
        }
      };
    });
    await page.goto(url, { waitUntil: "networkidle", timeout: 60_000 });
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    const times = await page.evaluate(async (text) => {
      const lint = (id) =>
        new Promise((resolve, reject) => {
          const start = performance.now();
          const hear = ({ data }) => {
            if (data.id === id) {
              core.removeEventListener("message", hear);
              data.kind === "answer" ? resolve(performance.now() - start) : reject(new Error(data.message));
            }
          };
          core.addEventListener("message", hear);
          core.postMessage({ id, method: "lint", args: [`${text}# ${id}\n`, undefined, { preset: "default", changes: [] }] });
        });
      const all = [];
      // The first ones are compiled.
      for (let count = 1; count <= 120; count += 1) {
        all.push(await lint(-count));
      }
      return all.slice(20);
    }, dockerfile());
    return { lint: times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] * SLOWER };
  });
}

const [url, id, runs = "3"] = process.argv.slice(2);
const results = [];
for (let count = 0; count < Number(runs); count += 1) {
  results.push({
    ...(await lesson(`${url}#/learn/${id}`)),
    ...(await sandbox(`${url}#/sandbox`)),
    ...(await linter(`${url}#/lint`)),
  });
}
const keys = Object.keys(results[0]);
console.log(JSON.stringify(Object.fromEntries(keys.map((key) => [key, median(results.map((it) => it[key]))]))));
