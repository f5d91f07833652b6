/** The page, as a learner with a keyboard uses it. */

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";

/** What the browser complained about: policy violations, errors, warnings of the console. */
export function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on("pageerror", (error) => found.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      found.push(message.text());
    }
  });
  return found;
}

/** The page at a place. */
export class Desk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Goes to a place and waits until the machine has answered. */
  async open(place: string): Promise<void> {
    await this.page.goto(`./#/${place}`);
    await expect(this.editor).toBeAttached();
    await expect(this.page.getByRole("table")).toBeAttached();
  }

  get line(): Locator {
    return this.page.getByLabel(/^Command line/);
  }

  get log(): Locator {
    return this.page.getByRole("log", { name: "Terminal" });
  }

  get entries(): Locator {
    return this.log.locator(":scope > .entry");
  }

  /** The last command and its output. */
  get last(): Locator {
    return this.entries.last();
  }

  get editor(): Locator {
    return this.page.getByRole("textbox", { name: "Dockerfile editor" });
  }

  get findings(): Locator {
    return this.page.getByRole("list", { name: "Findings" }).locator(":scope > li");
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }

  /** Runs a line, and waits until it has ended or a program holds the terminal. */
  async run(line: string): Promise<void> {
    const before = await this.entries.count();
    await this.line.fill(line);
    await this.line.press("Enter");
    await expect.poll(() => this.entries.count()).toBeGreaterThan(before);
    await expect(this.button("Run").or(this.button("Answer")).or(this.button("Stop")).first()).toBeVisible();
  }

  /** Replaces the Dockerfile by typing. */
  async type(text: string): Promise<void> {
    await this.editor.focus();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.insertText(text);
  }

  /** What axe finds, by rule and place. The policy is in its way: axe is put in through the debugger. */
  async axe(): Promise<readonly string[]> {
    const { violations } = await new AxeBuilder({ page: this.page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    return violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(" | ")}`);
  }

  /** How much wider the page is than the window. */
  async overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  }

  /** Presses Tab until `goal` has the focus. */
  async tabTo(goal: Locator, most = 60): Promise<void> {
    for (let at = 0; at < most; at++) {
      if (await goal.evaluate((it) => it === document.activeElement)) {
        return;
      }
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`Tab does not reach ${String(goal)}`);
  }
}
