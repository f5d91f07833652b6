/** The report as text: copied, saved, or as a link. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { allDocs } from "../editor/rules";
import { announce } from "../state/announce";
import { links } from "../state/route";
import { isDockerfile } from "./checks";
import { PRESETS } from "./config/presets";
import type { LintDesk } from "./desk";
import { ignoreFor, kindOf } from "./kinds";
import { download } from "./out";
import { markdown } from "./report/markdown";
import type { Report } from "./report/report";
import { sarif } from "./report/sarif";
import { pack } from "./share";

/** The buttons, and a word about what they did. */
export function ReportRow({ desk }: { desk: LintDesk }): JSX.Element {
  const said = useSignal("");
  const link = useSignal("");
  const say = (text: string): void => {
    said.value = text;
    announce(text);
  };
  const copy = async (what: string, make: () => Promise<string>): Promise<void> => {
    link.value = "";
    const text = await make();
    try {
      await navigator.clipboard.writeText(text);
      say(`${what} copied.`);
    } catch {
      say("The browser does not let the page copy. Save it instead.");
    }
  };
  const share = async (): Promise<void> => {
    link.value = "";
    let url: string;
    try {
      const packed = await pack({ files: shared(desk), preset: desk.preset.value });
      url = `${location.href.replace(/#.*$/, "")}${links.lint}/${packed}`;
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
      return;
    }
    try {
      await navigator.clipboard.writeText(url);
      say("Link copied. The files are in the link itself, and on no server.");
    } catch {
      link.value = url;
      say("Copy the link from the field.");
    }
  };
  const asMarkdown = (): Promise<string> => Promise.resolve(markdown(reports(desk), how(desk)));
  const asSarif = async (): Promise<string> => {
    const docs = await allDocs().catch(() => new Map<string, string>());
    return sarif(reports(desk), await desk.core.call("version"), docs);
  };
  return (
    <div class="report">
      <div class="row" role="group" aria-label="Report">
        <button
          type="button"
          class="small"
          onClick={() => void copy("The report as Markdown is", asMarkdown)}
        >
          Copy Markdown
        </button>
        <button type="button" class="small" onClick={() => void copy("The report as SARIF is", asSarif)}>
          Copy SARIF
        </button>
        <button
          type="button"
          class="small"
          onClick={() =>
            void asMarkdown().then((it) => {
              download("dockerfile-check.md", it);
            })
          }
        >
          Save Markdown
        </button>
        <button
          type="button"
          class="small"
          onClick={() =>
            void asSarif().then((it) => {
              download("dockerfile-check.sarif", it);
            })
          }
        >
          Save SARIF
        </button>
        <button type="button" class="small" onClick={() => void share()}>
          Copy link
        </button>
      </div>
      {said.value === "" ? null : <p class="meta">{said.value}</p>}
      {link.value === "" ? null : (
        <input
          type="text"
          readOnly
          aria-label="Link"
          value={link.value}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
        />
      )}
    </div>
  );
}

/** The findings of all Dockerfiles. */
function reports(desk: LintDesk): readonly Report[] {
  return [...desk.results.value].flatMap(([path, it]): Report[] =>
    isDockerfile(path)
      ? [
          {
            path,
            text: it.source,
            findings: it.findings,
            more: it.more,
            silenced: it.silenced,
            isHadolint: it.seen?.isHadolint === true,
          },
        ]
      : [],
  );
}

function how(desk: LintDesk): string {
  const preset = desk.preset.value;
  const from = desk.result.value?.seen?.from;
  const name = PRESETS.find((it) => it[0] === preset)?.[1] ?? "Default";
  const rules = preset === undefined && from !== undefined ? `as ${from} says` : name;
  return `Checked by Dockwright in the browser. Rules: ${rules}.`;
}

/** The open Dockerfile with the files that belong to it; all files, if another one is open. */
function shared(desk: LintDesk): readonly (readonly [string, string])[] {
  const files = desk.files.value;
  const open = desk.open.value;
  const ignore = ignoreFor(open, (it) => files.has(it));
  const isShared = (path: string): boolean =>
    !isDockerfile(open) ||
    path === open ||
    path === ignore ||
    kindOf(path) === "dockwright" ||
    kindOf(path) === "hadolint";
  return [...files].filter(([path]) => isShared(path)).map(([path, { text }]) => [path, text] as const);
}
