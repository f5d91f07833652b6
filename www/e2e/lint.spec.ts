/** The linter's page: files come in, findings stand there, places, repairs, links and reports work, for all. */

import { readFile } from "node:fs/promises";
import { expect, type Locator, test } from "@playwright/test";
import { complaints, Desk } from "./desk";

const SHOTS = "test-results/shots";
const OLD = "FROM debian:13\nMAINTAINER me\nCMD run this\n";

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

/** The page of the linter. */
class Linter extends Desk {
  override async open(place = ""): Promise<void> {
    await this.page.goto(`./#/lint${place}`);
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText("Check a Dockerfile");
    await expect(this.page.locator(".cm-content")).toBeVisible();
  }

  get found(): Locator {
    return this.page.getByRole("region", { name: "Findings" });
  }

  override get editor(): Locator {
    return this.page.getByRole("textbox", { name: / editor$/ });
  }

  get note(): Locator {
    return this.page.locator(".lint-note");
  }

  /** The findings of the rule. */
  of(rule: string): Locator {
    return this.found.getByRole("listitem").filter({ hasText: rule });
  }

  file(name: string): Locator {
    return this.page
      .getByRole("list", { name: "Files" })
      .getByRole("button", { name: new RegExp(`^${name.replace("/", "/ ?")}`) });
  }

  get text(): Promise<string> {
    const lines = this.page.locator(".cm-line");
    return lines.evaluateAll((all) => all.map((it) => it.textContent).join("\n"));
  }

  get clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Drops files. */
  async drop(files: Readonly<Record<string, string | readonly number[]>>): Promise<void> {
    await this.page.evaluate((all) => {
      const data = new DataTransfer();
      for (const [name, content] of Object.entries(all)) {
        const part = typeof content === "string" ? content : new Uint8Array(content);
        data.items.add(new File([part], name));
      }
      for (const kind of ["dragover", "drop"]) {
        const event = new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
        document.querySelector(".lint-file .rich")?.dispatchEvent(event);
      }
    }, files);
  }
}

test("what is typed is checked; a place is reached by keyboard, and the editor has the focus", async ({
  page,
}) => {
  const linter = new Linter(page);
  await linter.open();
  await expect(linter.found).toContainText("Nothing to check yet");
  await linter.type(OLD);
  await expect(linter.found).toContainText("2 findings: 2 warnings.");
  await expect(page.getByRole("status").filter({ hasText: "2 findings: 2 warnings." })).toBeAttached();
  await expect(linter.of("DW716")).toContainText("also DL4000, MaintainerDeprecated");
  await expect(page.locator(".cm-lintRange")).not.toHaveCount(0);
  await linter.found.getByRole("heading", { name: "Findings" }).focus();
  await linter.tabTo(linter.found.getByRole("button", { name: "line 2" }));
  await page.keyboard.press("Enter");
  await expect(page.locator(".cm-editor.cm-focused")).toBeVisible();
  await page.keyboard.type("LABEL a=");
  await expect(linter.of("DW716")).toHaveCount(0);
  expect(await linter.text).toContain("LABEL a= me");
});

test("dropped files: each has its findings, a configuration and an ignore file count", async ({ page }) => {
  const linter = new Linter(page);
  await linter.open();
  await linter.drop({
    Dockerfile: OLD,
    "api.Dockerfile": "FROM debian:13\nCOPY dist/app /app\n",
    ".dockerignore": "dist\n",
    "dockwright.toml": 'ignore = ["DL4000"]\n',
    "logo.png": [0x89, 0x50, 0x4e, 0x47, 0, 0],
    "wide.Dockerfile": [0xff, 0xfe, 0x46, 0],
  });
  await expect(linter.note).toContainText("logo.png was left out: it is not a text.");
  await expect(linter.note).toContainText("wide.Dockerfile was left out: it is UTF-16");
  await expect(linter.of("DW706")).toHaveCount(1);
  await expect(linter.of("DW716")).toHaveCount(0);
  await expect(linter.found.getByLabel("Rules")).toHaveValue("");
  await expect(linter.file("Dockerfile")).toContainText("1");
  await linter.file("api.Dockerfile").click();
  await expect(linter.of("CopyIgnoredFile")).toContainText("dist/app");
  await linter.file(".dockerignore").click();
  await linter.type("[\n");
  await expect(linter.found).toContainText("syntax error in pattern");
  await page.getByRole("button", { name: "Remove .dockerignore" }).click();
  await linter.file("api.Dockerfile").click();
  await expect(linter.found).toContainText("Nothing found");
  await page.getByRole("button", { name: "Undo removing .dockerignore" }).click();
  await expect(linter.file(".dockerignore")).toBeVisible();
});

test("a folder: its Dockerfiles, with the configuration that is nearest", async ({ page }, info) => {
  const { mkdir, writeFile } = await import("node:fs/promises");
  const folder = info.outputPath("project");
  await mkdir(`${folder}/api`, { recursive: true });
  await writeFile(`${folder}/Dockerfile`, OLD);
  await writeFile(`${folder}/notes.md`, "no Dockerfile");
  await writeFile(`${folder}/api/prod.Dockerfile`, OLD);
  await writeFile(`${folder}/api/.hadolint.yaml`, "ignored: [DL3025]\noverride:\n  error: [DL4000]\n");
  const linter = new Linter(page);
  await linter.open();
  await page.locator("[data-choose=folder]").setInputFiles(folder);
  await expect(linter.of("DW706")).toHaveCount(1);
  await linter.file("api/prod.Dockerfile").click();
  await expect(linter.found).toContainText("1 finding: 1 error.");
  await expect(linter.found).toContainText("api/.hadolint.yaml");
  await expect(page.getByText("notes.md")).toHaveCount(0);
});

test("a configuration that is wrong says where, and its other lines count", async ({ page }) => {
  const linter = new Linter(page);
  await linter.open();
  await linter.type(OLD);
  await page.getByRole("button", { name: "Add dockwright.toml" }).click();
  await expect(linter.file("dockwright.toml")).toHaveAttribute("aria-current", "true");
  await linter.type('preset = "loud"\nignore = ["DW706", "DW99x"]\nextends = "base.toml"\nselct = []\n');
  await expect(linter.found).toContainText("4 findings: 4 errors.");
  await expect(linter.of("line 1")).toContainText('there is no preset "loud"');
  await expect(linter.of("line 2")).toContainText('there is no rule "DW99x"');
  await expect(linter.of("line 3")).toContainText("base.toml is not here");
  await expect(linter.of("line 4")).toContainText("did you mean select?");
  await linter.found.getByRole("button", { name: "line 4" }).click();
  await page.keyboard.type("select");
  await expect(linter.of("line 4")).toHaveCount(0);
  await linter.file("Dockerfile").click();
  await expect(linter.found.getByRole("button", { name: "dockwright.toml has 3 errors" })).toBeVisible();
  await expect(linter.of("DW706")).toHaveCount(0);
});

test("presets, and findings of one kind", async ({ page }) => {
  const linter = new Linter(page);
  await linter.open();
  await page.getByRole("button", { name: "Load an example" }).click();
  const errors = linter.found.getByRole("button", { name: /^Errors/ });
  const warnings = linter.found.getByRole("button", { name: /^Warnings/ });
  await expect(errors).toHaveAttribute("aria-pressed", "true");
  await warnings.click();
  await expect(warnings).toHaveAttribute("aria-pressed", "false");
  await expect(linter.found.getByRole("heading", { name: "Warnings" })).toHaveCount(0);
  await expect(linter.found.getByRole("heading", { name: "Errors" })).toBeVisible();
  await linter.found.getByRole("button", { name: "Show all" }).click();
  await expect(linter.found.getByRole("heading", { name: "Warnings" })).toBeVisible();
  await linter.found.getByLabel("Rules").selectOption("hadolint");
  await expect(linter.of("DL4000")).toContainText("DL4000 maintainer · also DW716");
  await expect(linter.of("DW604")).toHaveCount(0);
});

test("a rule says why, with the names that it has elsewhere", async ({ page }) => {
  const linter = new Linter(page);
  await linter.open();
  await linter.type(OLD);
  const finding = linter.of("DW706");
  await finding.getByText("Why", { exact: true }).click();
  await expect(finding.locator(".docs pre").first()).toBeVisible();
  await expect(finding).toContainText("Elsewhere it is called");
});

test("a repair is shown before it is made, and can be undone", async ({ page }) => {
  const linter = new Linter(page);
  await linter.open();
  await linter.type(OLD);
  const fix = linter.of("DW716").getByRole("button", { name: /^Fix: / });
  await fix.focus();
  await page.keyboard.press("Enter");
  await expect(fix).toHaveAttribute("aria-expanded", "true");
  const diff = linter.found.getByRole("group", { name: "What changes" });
  await expect(diff.locator("[data-kind=removed]")).toContainText("MAINTAINER me");
  await expect(diff.locator("[data-kind=added]")).toContainText(
    'LABEL org.opencontainers.image.authors="me"',
  );
  expect(await linter.text).toContain("MAINTAINER me");
  await linter.tabTo(linter.button("Apply"));
  await page.keyboard.press("Enter");
  await expect(linter.of("DW716")).toHaveCount(0);
  await expect(linter.found.getByRole("heading", { name: "Findings" })).toBeFocused();
  expect(await linter.text).toContain("LABEL org.opencontainers.image.authors");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(linter.of("DW716")).toHaveCount(1);
  expect(await linter.text).toContain("MAINTAINER me");
});

test("all safe repairs at once; the file can be had", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const linter = new Linter(page);
  await linter.open();
  await linter.drop({ Dockerfile: "FROM debian:13\r\nMAINTAINER me\r\nexpose 80/TCP\r\n" });
  await linter.found.getByRole("button", { name: "Fix all safe" }).click();
  const preview = linter.found.getByRole("group", { name: /^Fix all safe: \d repairs?$/ });
  await expect(preview).toBeFocused();
  await expect(preview.locator("[data-kind=added]").first()).toContainText("LABEL");
  await preview.getByRole("button", { name: "Apply" }).click();
  await expect(linter.found.getByRole("button", { name: "Fix all safe" })).toHaveCount(0);
  await linter.button("Copy file").click();
  await expect(linter.button("Copied")).toBeVisible();
  // The ends of the lines are those that the file had.
  expect(await linter.clipboard).toContain('LABEL org.opencontainers.image.authors="me"\r\n');
  const [saved] = await Promise.all([page.waitForEvent("download"), linter.button("Download file").click()]);
  expect(saved.suggestedFilename()).toBe("Dockerfile");
});

test("a link holds the files, and nothing happens before one says so", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const linter = new Linter(page);
  await linter.open();
  await linter.drop({ Dockerfile: OLD, "dockwright.toml": 'ignore = ["DW706"]\n' });
  await linter.found.getByLabel("Rules").selectOption("strict");
  await linter.button("Copy link").click();
  await expect(linter.found.getByText("Link copied.")).toBeVisible();
  const link = await linter.clipboard;
  expect(link).toMatch(/#\/lint\/1d\.[\w-]{20,}$/);

  const other = new Linter(await context.newPage());
  await other.page.goto(link);
  await expect(other.page.getByRole("heading", { name: "A link with 2 files" })).toBeVisible();
  await expect(other.found).toContainText("Nothing to check yet");
  await other.page.getByText("View as text").click();
  await expect(other.page.locator(".shared pre").first()).toContainText("MAINTAINER me");
  await other.button("Load").click();
  await expect(other.of("DW716")).toHaveCount(1);
  await expect(other.found.getByLabel("Rules")).toHaveValue("strict");
  expect(await other.text).toBe(OLD);
  expect(other.page.url()).toMatch(/#\/lint$/);
  await other.page.close();
});

test("links that are damaged or too long say so", async ({ page }) => {
  const linter = new Linter(page);
  await linter.open("/1d.AAAA");
  await expect(page.getByRole("alert")).toContainText("This link is damaged");
  await linter.button("Close").click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await linter.open("/7d.AAAA");
  await expect(page.getByRole("alert")).toContainText("newer version");
  await linter.button("Close").click();
  const noise = Array.from({ length: 9_000 }, (_, at) => `ENV A${String(Math.imul(at, 2_654_435_761))}=1`);
  await linter.drop({ Dockerfile: `FROM debian:13\n${noise.join("\n")}\n` });
  await linter.button("Copy link").click();
  await expect(
    linter.found.getByText(/This is too long for a link: .* and a link takes 32 kB/),
  ).toBeVisible();
});

test("the report: Markdown, and SARIF that programs can read", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const linter = new Linter(page);
  await linter.open();
  await linter.type(`# 🐳\n${OLD}`);
  await expect(linter.of("DW716")).toHaveCount(1);
  await linter.button("Copy Markdown").click();
  await expect(linter.found.getByText("The report as Markdown is copied.")).toBeVisible();
  const markdown = await linter.clipboard;
  expect(markdown).toContain("# Dockerfile check\n\n2 findings: 2 warnings.");
  expect(markdown).toContain("| 3 | Warning | DW716 maintainer | `MAINTAINER` is deprecated. ");
  await linter.button("Copy SARIF").click();
  await expect(linter.found.getByText("The report as SARIF is copied.")).toBeVisible();
  const log: unknown = JSON.parse(await linter.clipboard);
  expect(log).toMatchObject({
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "dockwright", rules: [{ id: "DW706" }, { id: "DW716", name: "maintainer" }] },
        },
        results: [
          {
            ruleId: "DW716",
            ruleIndex: 1,
            level: "warning",
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "Dockerfile" },
                  region: { startLine: 3, startColumn: 1, endColumn: 11, snippet: { text: "MAINTAINER" } },
                },
              },
            ],
            fixes: [{ artifactChanges: [{ replacements: [{}] }] }],
          },
          { ruleId: "DW706" },
        ],
      },
    ],
  });
  const [saved] = await Promise.all([page.waitForEvent("download"), linter.button("Save SARIF").click()]);
  expect(saved.suggestedFilename()).toBe("dockerfile-check.sarif");
  expect(JSON.parse(await readFile(await saved.path(), "utf8"))).toEqual(log);
});

test("what comments silence is counted; a broken file has its errors; a large one is read", async ({
  page,
}) => {
  const linter = new Linter(page);
  await linter.open();
  await linter.type("FROM debian:13\n# hadolint ignore=DL4000\nMAINTAINER me\nNOPE x\n");
  await expect(linter.found).toContainText("1 finding: 1 error.");
  await expect(linter.of("unknown instruction")).toHaveCount(1);
  await linter.found.getByText("1 finding silenced by comments").click();
  await expect(linter.found.locator(".silenced")).toContainText("DW716");
  const line = `RUN echo ${"a".repeat(100)}\n`;
  await linter.drop({ "large.Dockerfile": `FROM debian:13\nMAINTAINER me\n${line.repeat(10_500)}` });
  await expect(page.getByText(/^1\.2 MB: a large file\./)).toBeVisible();
  await expect(linter.of("DW716")).toHaveCount(1, { timeout: 30_000 });
  await linter.drop({ "huge.Dockerfile": "#".repeat(11 << 20) });
  await expect(linter.note).toContainText("huge.Dockerfile was left out: it has 11.5 MB");
});

test("a simple editor has the same findings, places and repairs", async ({ page }) => {
  await page.goto("./#/help");
  await page.getByLabel(/^Simple editor/).check();
  const linter = new Linter(page);
  await page.goto("./#/lint");
  await linter.editor.fill(OLD);
  await linter.of("DW716").getByRole("button", { name: "line 2" }).click();
  await expect(linter.editor).toBeFocused();
  const chosen = await linter.editor.evaluate((it: HTMLTextAreaElement) =>
    it.value.slice(it.selectionStart, it.selectionEnd),
  );
  expect(chosen).toBe("MAINTAINER");
});

test("without its WebAssembly the page says so, and keeps the text", async ({ page }) => {
  await page.route("**/*.wasm", (it) => it.abort());
  const linter = new Linter(page);
  await linter.open();
  await expect(page.getByRole("alert")).toContainText("The linter could not start.");
  await linter.type(OLD);
  expect(await linter.text).toBe(OLD);
  heard = heard.filter((it) => !it.includes("ERR_FAILED"));
});

test("without JavaScript the page says what does the same", async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  const page = await context.newPage();
  await page.goto("./#/lint");
  await expect(page.getByRole("heading", { name: "Check a Dockerfile" })).toBeInViewport();
  await context.close();
});

for (const [name, width, height, scheme] of [
  ["1280-light", 1280, 800, "light"],
  ["1280-dark", 1280, 800, "dark"],
  ["768-light", 768, 1024, "light"],
  ["390-dark", 390, 844, "dark"],
  ["320-light", 320, 700, "light"],
] as const) {
  test(`looks and access: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const linter = new Linter(page);
    await linter.open();
    await check(linter, `lint-empty-${name}`);
    await page.getByRole("button", { name: "Load an example" }).click();
    await linter
      .of("DW716")
      .getByRole("button", { name: /^Fix: / })
      .click();
    await expect(linter.found.getByRole("group", { name: "What changes" })).toBeVisible();
    await linter.drop({ "api.Dockerfile": 'FROM debian:13\nCMD ["a"]\n', "logo.png": [0] });
    await linter.file("Dockerfile").click();
    await linter
      .of("DW716")
      .getByRole("button", { name: /^Fix: / })
      .click();
    await check(linter, `lint-found-${name}`);
    // On a phone the editor is above: it comes into view with the place.
    await linter.of("DW706").getByRole("button", { name: "line 13" }).click();
    await expect(page.locator(".cm-focused .cm-activeLine")).toBeInViewport({ ratio: 1 });
    await linter.file("api.Dockerfile").click();
    await expect(linter.found).toContainText("Nothing found");
    await check(linter, `lint-clean-${name}`);
    await page.emulateMedia({ forcedColors: "active" });
    expect(await linter.axe(), "forced colours").toEqual([]);
    await page.emulateMedia({ forcedColors: "none" });
    if (width >= 390) {
      await page.evaluate(() => {
        document.documentElement.style.fontSize = "200%";
      });
      await linter.file("Dockerfile").click();
      expect(await linter.overflow(), "text twice as large").toBe(0);
      await page.screenshot({ path: `${SHOTS}/lint-twice-${name}.png` });
    }
  });
}

async function check(linter: Linter, name: string): Promise<void> {
  expect(await linter.overflow(), name).toBe(0);
  expect(await linter.axe(), name).toEqual([]);
  if ((linter.page.viewportSize()?.width ?? 0) <= 390) {
    const small = await linter.page.evaluate(() =>
      [...document.querySelectorAll("button:not(.link), select, input")].flatMap((it) => {
        const { width, height } = it.getBoundingClientRect();
        return width > 0 && height > 1 && height < 43.5 ? [`${it.textContent} ${String(height)}`] : [];
      }),
    );
    expect(small, name).toEqual([]);
  }
  await linter.page.screenshot({ path: `${SHOTS}/${name}.png` });
}
