/** The page on the simulated machine: lessons by keyboard, editor, reasons, names, looks, and access for all. */

import { expect, test } from "@playwright/test";
import { complaints, Desk } from "./desk";

const PING = `FROM debian:latest
LABEL maintainer="Abdoul Soumahoro"
ENTRYPOINT ["/bin/ping"]
CMD ["www.docker.com"]
`;
const SHOTS = "test-results/shots";

interface Summary {
  readonly href: string;
  readonly title: string;
}

let heard: string[] = [];

test.beforeEach(async ({ page }) => {
  heard = complaints(page);
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (it) => {
      console.error(`violation of ${it.effectiveDirective}: ${it.blockedURI} ${it.sample}`);
    });
  });
});

test.afterEach(() => {
  expect(heard).toEqual([]);
});

test("start: one sentence, four doors, and a name to take apart", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Learn how Docker images work by using them.",
  );
  for (const door of ["Learn", "Sandbox", "Lint", "Connect"]) {
    await expect(page.getByRole("main").getByRole("link", { name: new RegExp(`^${door}`) })).toBeVisible();
  }
  const name = page.getByRole("textbox", { name: "Image name" });
  await name.fill("myhost/app");
  const parts = page.locator(".parts > div");
  await expect(parts.filter({ hasText: "registry" }).first()).toContainText("docker.io");
  await expect(parts.filter({ hasText: "namespace" })).toContainText("myhost");
  await name.fill("Ubuntu");
  await expect(page.getByText("must be lowercase")).toBeVisible();
});

test("every lesson can be finished by keyboard", async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto("./#/learn");
  const links = page.locator(".map a");
  await expect(links.first()).toBeVisible();
  const lessons = await links.evaluateAll((list): Summary[] =>
    list.map((it) => ({ href: it.getAttribute("href") ?? "", title: it.textContent })),
  );
  expect(lessons.length).toBeGreaterThanOrEqual(3);
  const desk = new Desk(page);
  for (const { href, title } of lessons) {
    await test.step(title, async () => {
      await desk.open(href.replace("#/", ""));
      await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
      await finish(desk);
    });
  }
  await page.goto("./#/learn");
  await expect(page.locator(".map li[data-done=true]")).toHaveCount(lessons.length);
});

/** Goes from step to step: answers questions, asks for hints and the solution, and presses Enter. */
async function finish(desk: Desk): Promise<void> {
  const { page } = desk;
  const press = async (name: RegExp): Promise<void> => {
    await desk.button(name).first().focus();
    await page.keyboard.press("Enter");
  };
  const finished = page.getByText("Lesson complete.");
  for (let at = 0; at < 60 && !(await finished.isVisible()); at++) {
    const step = page.locator(".steps > li[data-open=true]");
    if (await desk.button("Next step").isVisible()) {
      await press(/^Next step$/);
    } else if (await step.locator(".choices").isVisible()) {
      await step.locator(".choices button:enabled").first().focus();
      await page.keyboard.press("Enter");
    } else if (await desk.button(/^(Show a hint|Hint \d)/).isVisible()) {
      await press(/^(Show a hint|Hint \d)/);
    } else {
      await press(/^Show solution$/);
      await press(/^(Type|Write) it for me$/);
      await page.waitForTimeout(200);
      await enterAll(desk);
    }
    await page.waitForTimeout(80);
  }
  await expect(finished).toBeVisible();
}

/** Presses Enter as long as a line is typed for the learner; stops what does not end by itself. */
async function enterAll(desk: Desk): Promise<void> {
  const { page, line } = desk;
  for (let at = 0; at < 20 && (await line.inputValue()) !== ""; at++) {
    await expect(line).toBeFocused();
    await page.keyboard.press("Enter");
    await page.waitForTimeout(250);
    if (await desk.button("Stop").isVisible()) {
      await page.waitForTimeout(1200);
      await page.keyboard.press("Control+c");
      await expect(desk.button("Run")).toBeVisible();
    }
  }
}

test("findings as one types, with their fix", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open("sandbox");
  await desk.type("FROM debian:12\nMAINTAINER Jo <jo@example.org>\n");
  await expect(desk.findings.filter({ hasText: "MAINTAINER" })).toHaveCount(1);
  await expect(page.locator(".cm-lintRange")).not.toHaveCount(0);
  await expect(page.locator(".tok-keyword").first()).toHaveText("FROM");
  await desk.findings.filter({ hasText: "MAINTAINER" }).getByRole("button", { name: /LABEL/ }).click();
  await expect(desk.editor).toContainText("LABEL");
  await expect(desk.findings.filter({ hasText: "MAINTAINER" })).toHaveCount(0);

  await desk.type("FROM debian:12\nNOPE x\n");
  const error = desk.findings.filter({ hasText: "Error" });
  await expect(error).toHaveCount(1);
  await error.getByRole("button", { name: "line 2" }).click();
  await expect(desk.editor).toBeFocused();
});

test("a finding says why, as wide as the list and without the marks of its examples", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open("sandbox");
  await desk.type("FROM debian\nRUN sudo id\n");
  const sudo = page.locator(".findings li").filter({ hasText: "DW601" });
  await sudo.getByText("Why").click();
  await expect(sudo.locator(".docs")).toContainText("A build runs as root unless USER says otherwise");
  await expect(sudo.locator("pre").first()).toHaveText(/^FROM debian:13\nRUN sudo apt-get update [^#]*$/);
  const list = page.locator(".findings");
  expect(await list.evaluate((it) => it.scrollWidth <= it.clientWidth)).toBe(true);
});

test("Escape and Tab leave the editor; Tab in the command line completes only a word", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open("sandbox");
  await desk.editor.focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(desk.editor).not.toBeFocused();

  await desk.line.fill("docker pul");
  await page.waitForTimeout(200);
  await desk.line.press("Tab");
  await expect(desk.line).toHaveValue("docker pull ");
  await expect(desk.line).toBeFocused();
  await desk.line.fill("");
  await desk.line.press("Tab");
  await expect(desk.line).not.toBeFocused();
});

test("the Why table follows the Dockerfile and the command line", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open("sandbox");
  await desk.type(PING);
  const process = page.locator(".process");
  await expect(process).toHaveText("/bin/ping www.docker.com");
  await desk.line.fill("docker run abdouls/dockerping:latest google.com");
  await expect(process).toHaveText("/bin/ping google.com");
  const lost = page.locator("td[data-state=lost] s");
  await expect(lost.filter({ hasText: "www.docker.com" })).toHaveCount(1);
  await expect(page.getByText("What else the container gets")).toBeVisible();
  const label = page.locator(".values > div").filter({ hasText: "Label maintainer" });
  await expect(label).toContainText("Abdoul Soumahoro");
  await expect(label).toContainText("line 2");
  await expect(page.locator(".stop li").first()).toContainText("docker stop sends SIGTERM to process 1");
  await desk.line.fill("docker run -e A=b --user 7 abdouls/dockerping:latest google.com");
  const user = page.locator(".values > div").filter({ hasText: "User" });
  await expect(user).toContainText("docker run --user");
  await expect(user.locator("s")).toHaveText("root");
  await page.getByRole("tab", { name: "Name" }).click();
  await expect(page.getByRole("textbox", { name: "Image name" })).toHaveValue("abdouls/dockerping:latest");
});

test("commands: history, exit status, undo and redo", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open("sandbox");
  await desk.run("docker pull ubuntu:bionic");
  await expect(desk.last).toContainText("docker.io/library/ubuntu:bionic");
  await desk.run("docker images");
  await expect(desk.last).toContainText("63.1MB");
  await desk.line.press("ArrowUp");
  await desk.line.press("ArrowUp");
  await expect(desk.line).toHaveValue("docker pull ubuntu:bionic");
  await desk.run("docker nonsense");
  await expect(desk.last).toContainText("exit status");
  await desk.button("Undo").click();
  await expect(desk.last).toContainText("Undone");
  await desk.run("docker images");
  await expect(desk.last).not.toContainText("63.1MB");
});

test("a program goes on until Stop", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open("sandbox");
  await desk.type(
    PING.replace("ENTRYPOINT", "RUN apt-get update && apt-get install -y iputils-ping\nENTRYPOINT"),
  );
  await desk.run("docker build -t abdouls/dockerping:latest .");
  await expect(desk.last).toContainText("abdouls/dockerping:latest");
  await desk.run("docker run abdouls/dockerping:latest");
  await expect(desk.last).toContainText("icmp_seq=2", { timeout: 10_000 });
  await desk.button("Stop").click();
  await expect(desk.last).toContainText("packets transmitted");
  await expect(desk.button("Run")).toBeVisible();
});

test("pasted lines run one by one, and stop at the first that fails", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const desk = new Desk(page);
  await desk.open("sandbox");
  const text = "docker pull ubuntu:bionic\ndocker nonsense\ndocker images\ndocker ps";
  await page.evaluate((it) => navigator.clipboard.writeText(it), text);
  await desk.line.focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(desk.last).toContainText("The line after it did not run.");
  await expect(desk.line).toHaveValue("docker ps");
});

test("a password is not shown and not kept", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open("sandbox");
  await desk.run("docker login -u abdouls");
  const answer = page.getByLabel(/^Answer/);
  await expect(answer).toHaveAttribute("type", "password");
  await answer.fill("a-practice-word");
  await answer.press("Enter");
  await expect(desk.line).toHaveAttribute("type", "text");
  await expect(desk.log).not.toContainText("a-practice-word");
  await desk.line.press("ArrowUp");
  await expect(desk.line).toHaveValue("docker login -u abdouls");
});

test("text of all kinds stays text", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open("sandbox");
  await desk.run("echo '<img src=x onerror=alert(1)>'");
  await expect(desk.last).toContainText("<img src=x onerror=alert(1)>");
  await desk.type("FROM <b>x</b>\n");
  await expect(page.locator("main b", { hasText: /^x$/ })).toHaveCount(0);
});

test("the theme is kept", async ({ page }) => {
  await page.goto("./");
  const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole("button", { name: "Dark", exact: true }).click();
  expect(await paper()).toBe("rgb(14, 21, 29)");
  await page.reload();
  expect(await paper()).toBe("rgb(14, 21, 29)");
  await page.getByRole("button", { name: "Light", exact: true }).click();
  expect(await paper()).toBe("rgb(247, 245, 240)");
});

test("the simple editor is a text area with the same findings", async ({ page }) => {
  await page.goto("./#/help");
  await page.getByLabel(/^Simple editor/).check();
  const desk = new Desk(page);
  await desk.open("sandbox");
  await desk.editor.fill("FROM debian:12\nNOPE x\n");
  expect(await desk.editor.evaluate((it) => it.tagName)).toBe("TEXTAREA");
  await expect(desk.findings.filter({ hasText: "Error" })).toHaveCount(1);
});

test("My Docker says what is missing", async ({ page }) => {
  await page.goto("./#/sandbox");
  await page.getByRole("button", { name: /^My Docker/ }).click();
  await expect(page.locator(".terminal .status")).toContainText(/No agent serves this page|not paired/);
  await expect(page.getByText("This runs on your computer.")).toBeVisible();
});

test("without JavaScript the page says what is missing", async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  const page = await context.newPage();
  await page.goto("./");
  await expect(page.getByText("This page needs JavaScript")).toBeVisible();
  await expect(page.getByRole("heading", { name: "What you would learn here" })).toBeVisible();
  await context.close();
});

for (const [name, width, height, scheme] of [
  ["1440-light", 1440, 900, "light"],
  ["1440-dark", 1440, 900, "dark"],
  ["900-light", 900, 1100, "light"],
  ["390-light", 390, 844, "light"],
  ["390-dark", 390, 844, "dark"],
  ["320-light", 320, 700, "light"],
] as const) {
  test(`looks and access: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const desk = new Desk(page);
    for (const place of ["", "learn", "connect", "help"]) {
      await page.goto(`./#/${place}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.waitForTimeout(200);
      expect(await desk.overflow(), place).toBe(0);
      expect(await desk.axe(), place).toEqual([]);
      await page.screenshot({ path: `${SHOTS}/${place === "" ? "start" : place}-${name}.png` });
    }
    await page.goto("./#/learn");
    await page.locator(".map a").last().click();
    await expect(page.locator(".lesson .title")).toBeVisible();
    if (width <= 960) {
      await expect(page.locator(".steps")).toBeVisible();
      await check(desk, `lesson-${name}`);
      await page.getByRole("button", { name: /^Files/ }).click();
      await expect(page.locator(".tok-keyword").first()).toBeVisible();
      await check(desk, `files-${name}`);
      await page.getByRole("button", { name: /^Terminal/ }).click();
    }
    await desk.run("docker images");
    await desk.run("docker run abdouls/dockerping:latest google.com");
    await page.waitForTimeout(300);
    await check(desk, `terminal-${name}`);
  });
}

async function check(desk: Desk, name: string): Promise<void> {
  expect(await desk.overflow(), name).toBe(0);
  expect(await desk.axe(), name).toEqual([]);
  if (desk.page.viewportSize()?.width === 390) {
    expect(await smallTargets(desk), name).toEqual([]);
  }
  await desk.page.screenshot({ path: `${SHOTS}/${name}.png` });
}

/** Controls of a phone that are lower than a finger needs; links in text and the editor's own are not meant. */
async function smallTargets(desk: Desk): Promise<readonly string[]> {
  return desk.page.evaluate(() =>
    [...document.querySelectorAll("button:not(.link), select, input")].flatMap((it) => {
      const { width, height } = it.getBoundingClientRect();
      return width > 0 && height > 1 && height < 43.5 ? [`${it.textContent} ${String(height)}`] : [];
    }),
  );
}
