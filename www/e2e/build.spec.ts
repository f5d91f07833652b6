/** The build's pane: steps, layers, the cache, warnings, errors, hidden files, and a file that is too long to list. */

import { expect, type Locator, type Page, test } from "@playwright/test";
import { complaints, Desk } from "./desk";

const SHOTS = "test-results/shots";
const STAGES = `FROM debian:12 AS Build
WORKDIR src
COPY big small /src/
RUN make

FROM debian:latest
COPY big /srv/data
COPY small /srv/data
COPY --from=build /src/out /srv/
ENV MODE production
CMD run
`;

let heard: string[] = [];

test.beforeEach(({ page }) => {
  heard = complaints(page);
});

test.afterEach(() => {
  expect(heard).toEqual([]);
});

async function open(page: Page, text: string): Promise<Desk> {
  const desk = new Desk(page);
  await desk.open("sandbox");
  await desk.type(text);
  await page.getByRole("tab", { name: "Build" }).click();
  return desk;
}

const steps = (page: Page): Locator => page.locator(".build .stations > li");
const fact = (page: Page, name: string): Locator =>
  page.locator(".build .facts > div").filter({ has: page.getByText(name, { exact: true }) });

test("steps, layers, and what an edit makes run again", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open("sandbox");
  await desk.type("FROM debian:latest\nWORKDIR /app\nCOPY Dockerfile one\nRUN echo a\nCMD b\n");
  await page.getByRole("tab", { name: "Why this runs" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Build" })).toBeFocused();
  const summary = page.locator(".build .summary");
  await expect(fact(page, "Steps")).toContainText("4");
  await expect(fact(page, "Steps")).toContainText("3 layers");
  await expect(steps(page)).toHaveCount(4);
  await expect(steps(page).nth(1)).toContainText("/app/one");
  await expect(steps(page).nth(2)).toContainText("size not known: the command was not run");
  await expect(steps(page).nth(3)).toContainText("no layer");
  await desk.run("docker build -t a .");
  await expect(summary).toContainText("takes every layer from the cache");
  await desk.type("FROM debian:latest\nWORKDIR /app\nCOPY Dockerfile one\nRUN echo a\nCMD c\n");
  await expect(summary).toContainText("makes 2 layers again and takes 1 from the cache");
  await expect(fact(page, "Runs again")).toContainText("2");
  await expect(steps(page).nth(1)).toContainText("Dockerfile changed");
  await expect(steps(page).nth(2)).toContainText("line 3 above was carried out again");
  await desk.button("Compare from here").click();
  await expect(summary).toContainText("takes every layer from the cache");
  await page.screenshot({ path: `${SHOTS}/build.png` });
});

test("what docker build warns about, once in the findings and all in the build", async ({ page }) => {
  const desk = await open(page, STAGES);
  await desk.run("echo 0123456789 > big && echo 0 > small");
  const warnings = page.getByRole("region", { name: "What docker build warns about" });
  await expect(warnings.getByRole("listitem")).toHaveCount(4);
  const casing = warnings.getByRole("listitem").filter({ hasText: "StageNameCasing" });
  await expect(casing).toContainText("Stage name 'Build' should be lowercase");
  await expect(casing).toContainText("Write the name of the stage in small letters.");
  await expect(casing.getByRole("link")).toHaveAttribute("href", /stage-name-casing/);
  await expect(fact(page, "Warnings")).toContainText("4");

  // Our rule and Docker's check say the same of line 2: one finding.
  await expect(desk.findings.filter({ hasText: "WorkdirRelativePath" })).toHaveCount(1);
  await expect(desk.findings.filter({ hasText: "line 2" })).toHaveCount(1);
  await expect(desk.findings.filter({ hasText: "line 2" })).toContainText("relative-workdir");
  const places = await desk.findings.locator("button.link").allTextContents();
  const numbers = places.map((it) => Number(it.replace("line ", "")));
  expect(numbers).toEqual([...numbers].sort((one, other) => one - other));

  await casing.getByRole("button", { name: "line 1" }).click();
  await expect(desk.editor).toBeFocused();
});

test("hidden bytes: who wrote them, and who hides them", async ({ page }) => {
  const desk = await open(page, STAGES);
  await desk.run("echo 0123456789 > big && echo 0 > small");
  await expect(fact(page, "Wasted")).toContainText("11 B");
  await expect(fact(page, "Wasted")).toContainText("1 hidden file");
  const hidden = page.getByRole("region", { name: "In the image, but nobody sees it" });
  await expect(hidden).toContainText("/srv/data");
  await expect(hidden).toContainText("written in line 7, replaced in line 8");
  await expect(steps(page).filter({ hasText: "COPY small /srv/data" })).toContainText("hides 11 B");
  await expect(steps(page).filter({ hasText: "COPY --from" })).toContainText("nobody has seen these files");
});

test("an error says that there is no image, where, and what to do", async ({ page }) => {
  const desk = await open(page, "FROM debian:12\nRUNN x\n");
  const fault = page.locator(".build .fault");
  await expect(fault).toContainText("There is no image.");
  await expect(fault).toContainText("unknown instruction: RUNN");
  await expect(fault).toContainText("Write RUN");
  await fault.getByRole("button", { name: "line 2" }).click();
  await expect(desk.editor).toBeFocused();
  await page.keyboard.press("Delete");
  await page.keyboard.insertText("RUN x");
  await expect(fault).toHaveCount(0);
  await desk.type("FROM debian:12\nCOPY nothing /\n");
  await expect(fault).toContainText("not found");
  await desk.type("");
  await expect(page.locator(".build .empty")).toContainText("A build begins with FROM");
});

test("a file of ten thousand lines is counted, and listed as far as one reads", async ({ page }) => {
  const lines = Array.from({ length: 9_999 }, (_, at) => (at % 2 === 0 ? `ENV V${String(at)}=1` : "RUN x"));
  await page.goto("./#/help");
  await page.getByLabel(/^Simple editor/).check();
  const desk = new Desk(page);
  await desk.open("sandbox");
  await desk.editor.evaluate(
    (it, text) => {
      (it as HTMLTextAreaElement).value = text;
      it.dispatchEvent(new Event("input", { bubbles: true }));
    },
    `FROM debian:12\n${lines.join("\n")}\n`,
  );
  await page.getByRole("tab", { name: "Build" }).click();
  await expect(fact(page, "Steps")).toContainText("9,999", { timeout: 20_000 });
  await expect(steps(page)).toHaveCount(299);
  await expect(page.locator(".build .rest")).toContainText("9,700 more lines are built, but not listed");
});

test("tabs by keyboard and for a screen reader", async ({ page }) => {
  const desk = await open(page, "FROM debian:12\nRUN a\nCMD b\n");
  const tab = page.getByRole("tab", { name: "Build" });
  await tab.focus();
  await expect(tab).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("tabpanel", { name: "Build" })).toBeVisible();
  await page.keyboard.press("End");
  await expect(page.getByRole("tab", { name: "Name" })).toBeFocused();
  await page.keyboard.press("Home");
  await expect(page.getByRole("tab", { name: "Why this runs" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("tabpanel")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(desk.button("Compare from here")).toBeFocused();
  await desk.tabTo(page.locator(".build .stages .number").first(), 3);
  await expect(page.locator(".build .stages .number").first()).toHaveAccessibleName("line 1");
  // An answer of the machine does not take the focus away.
  await desk.button("Compare from here").press("Enter");
  await expect(page.locator(".build .summary")).toContainText("takes every layer");
  await expect(desk.button("Compare from here")).toBeFocused();
});

for (const [name, width, height, scheme] of [
  ["1440-light", 1440, 900, "light"],
  ["900-dark", 900, 1100, "dark"],
  ["390-light", 390, 844, "light"],
  ["320-dark", 320, 700, "dark"],
] as const) {
  test(`looks and access of the build: ${name}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const desk = new Desk(page);
    await desk.open("sandbox");
    await page.setViewportSize({ width, height });
    if (width <= 960) {
      await page.getByRole("button", { name: /^Files/ }).click();
      await expect(page.locator(".tok-keyword").first()).toBeVisible();
    }
    for (const tab of ["Build", "Why this runs"]) {
      await page.getByRole("tab", { name: tab }).click();
      for (const text of [STAGES, STAGES.replace("RUN", "RUNN"), ""]) {
        await desk.type(text);
        await page.waitForTimeout(400);
        expect(await desk.overflow(), tab).toBe(0);
        expect(await desk.axe(), tab).toEqual([]);
      }
    }
    if (width < 390) {
      return;
    }
    // Text of twice the size: nothing is cut off, and the page does not scroll sideways.
    await desk.type(STAGES);
    await page.getByRole("tab", { name: "Build" }).click();
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    await page.waitForTimeout(300);
    expect(await desk.overflow()).toBe(0);
    const cut = await page.locator(".build").evaluate(
      (it) =>
        [...it.querySelectorAll(".facts b, .size, h3, .reason")].filter((part) => {
          const { right } = part.getBoundingClientRect();
          return right > it.getBoundingClientRect().right + 1;
        }).length,
    );
    expect(cut).toBe(0);
    await page.screenshot({ path: `${SHOTS}/build-${name}-200.png` });
  });
}
