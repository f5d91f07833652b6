/** The page in Chromium, paired with an agent of our own, as the real tests use it. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Locator, type Page } from "@playwright/test";

/** A value that `cargo xtask test` gives. */
export function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(
      `${name} is not set. These tests need a Docker engine of their own: cargo xtask test --only real`,
    );
  }
  return value;
}

/** The agent, as a learner starts it. */
class Agent {
  readonly link: string;
  readonly #child: ChildProcess;
  readonly #state: string;

  private constructor(link: string, child: ChildProcess, state: string) {
    this.link = link;
    this.#child = child;
    this.#state = state;
  }

  static async start(): Promise<Agent> {
    const state = mkdtempSync(join(tmpdir(), "dockwright-state-"));
    const args = ["serve", "--port", "0", "--page", given("DOCKWRIGHT_PAGE"), "--state-dir", state];
    const child = spawn(given("DOCKWRIGHT_AGENT"), args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const link = await new Promise<string>((resolve, reject) => {
      const hear = (data: Buffer): void => {
        said += data.toString();
        const found = /http:\/\/127\.0\.0\.1:\d+\/#c=[\w-]+/.exec(said)?.[0];
        if (found !== undefined) {
          resolve(found);
        }
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("error", reject);
      child.on("exit", (code) => {
        reject(new Error(`the agent ended with ${String(code)}:\n${said}`));
      });
    });
    return new Agent(link, child, state);
  }

  /** Ends it as Ctrl-C does, and waits until it has. */
  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill("SIGINT");
      await ended;
    }
    rmSync(this.#state, { recursive: true, force: true });
  }
}

/** The sandbox in My Docker mode. */
export class Desk {
  /** What the browser complained about. */
  readonly complaints: string[] = [];

  readonly page: Page;
  readonly #agent: Agent;

  private constructor(page: Page, agent: Agent) {
    this.page = page;
    this.#agent = agent;
  }

  /** Opens the link that the agent prints, then the sandbox. */
  static async open(browser: Browser): Promise<Desk> {
    const agent = await Agent.start();
    const context = await browser.newContext({
      permissions: ["clipboard-read", "clipboard-write"],
      viewport: { width: 1440, height: 900 },
    });
    const desk = new Desk(await context.newPage(), agent);
    try {
      await desk.#connect();
    } catch (error) {
      await desk.close();
      throw error;
    }
    return desk;
  }

  async #connect(): Promise<void> {
    const { page } = this;
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") {
        this.complaints.push(message.text());
      }
    });
    await page.goto(this.#agent.link);
    await page.getByRole("link", { name: "Sandbox", exact: true }).click();
    await expect(this.docker, this.complaints.join("\n")).toHaveAccessibleName(/My Docker connected/);
  }

  async close(): Promise<void> {
    await this.page.context().close();
    await this.#agent.stop();
  }

  /** The switch to My Docker, which says how the connection stands. */
  get docker(): Locator {
    return this.page.getByRole("button", { name: /^My Docker/ });
  }

  get line(): Locator {
    return this.page.getByLabel(/^Command line/);
  }

  get log(): Locator {
    return this.page.getByRole("log", { name: "Terminal" });
  }

  /** The last command and its output. */
  get last(): Locator {
    return this.log.locator(":scope > *").last();
  }

  get runButton(): Locator {
    return this.page.getByRole("button", { name: "Run", exact: true });
  }

  get stopButton(): Locator {
    return this.page.getByRole("button", { name: "Stop", exact: true });
  }

  /** Replaces the Dockerfile by typing, as one does, or by pasting. */
  async dockerfile(text: string, how: "type" | "paste"): Promise<void> {
    const editor = this.page.getByRole("textbox", { name: "Dockerfile editor" });
    // A plain text area until CodeMirror has been loaded, which then takes its place.
    await expect(() => editor.click({ timeout: 1000 })).toPass();
    await this.page.keyboard.press("ControlOrMeta+a");
    if (how === "paste") {
      await this.page.evaluate((it) => navigator.clipboard.writeText(it), text);
      await this.page.keyboard.press("ControlOrMeta+v");
    } else {
      await this.page.keyboard.press("Delete");
      await this.page.keyboard.type(text);
    }
    await expect(editor).toContainText(text.trim().split("\n").at(-1) ?? "");
  }

  /** Enters a command, and does not wait for its end. */
  async enter(command: string): Promise<void> {
    await this.line.fill(command);
    await this.line.press("Enter");
    await expect(this.last).toContainText(command);
  }

  /** Enters a command, waits for its end, and gives all that stands under it. */
  async run(command: string, timeout = 30_000): Promise<string> {
    await this.enter(command);
    await expect(this.runButton).toBeVisible({ timeout });
    // biome-ignore lint/performance/useDomNodeTextContent: the lines, as they are shown
    const text = await this.last.innerText();
    return text.slice(text.indexOf(command) + command.length).trim();
  }

  /** Answers a question of the running program. */
  async answer(question: RegExp, text: string): Promise<void> {
    await this.page.getByLabel(question).fill(text);
    await this.page.getByRole("button", { name: "Answer", exact: true }).click();
  }

  /** The screen of a program with a terminal. */
  get screen(): Locator {
    return this.page.locator(".xterm-rows");
  }

  /** Types into a program with a terminal. */
  async type(text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Terminal input" }).focus();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press("Enter");
  }

  /** A command that ends with an error says its exit status; without one it went well. */
  async ok(command: string, timeout?: number): Promise<string> {
    const output = await this.run(command, timeout);
    expect(output, command).not.toMatch(/^exit status/m);
    return output;
  }
}
