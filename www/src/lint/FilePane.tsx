/** The files, and an editor with the one that is open. */

import { useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { TextEditor } from "../editor/TextEditor";
import { announce } from "../state/announce";
import { useParts } from "../ui/context";
import { isDockerfile } from "./checks";
import type { LintDesk } from "./desk";
import { folderOf, kindOf, nameOf } from "./kinds";
import { download } from "./out";
import { HUGE, megabytes, written } from "./read";
import { plural } from "./words";

const CONFIG = "dockwright.toml";
const CONFIG_TEXT = `# Which rules look at the Dockerfiles here. All keys: docs/cli.md
preset = "default"
ignore = []
`;
const IGNORE = ".dockerignore";

/** The pane. */
export function FilePane({ desk }: { desk: LintDesk }): JSX.Element {
  const parts = useParts();
  const label = useComputed(() => `${desk.open.value} editor`);
  const size = desk.text.value.length;
  return (
    <section class="pane editor lint-file" aria-labelledby="file-title">
      <h2 id="file-title" class="vh">
        Files
      </h2>
      <div class="head">
        <Tabs desk={desk} />
        <p class="tip">
          <kbd>Esc</kbd> then <kbd>Tab</kbd> leaves the editor
        </p>
      </div>
      <TextEditor
        text={desk.text}
        label={label}
        analyzed={desk.analyzed}
        place={desk.place}
        focus={parts.desk.wantEditor}
        placeholder="Paste or write a Dockerfile here"
        edit={(text) => {
          desk.edit(text);
        }}
      />
      {desk.isEmpty.value ? null : (
        <div class="foot-row">
          {size > HUGE ? (
            <p class="meta">
              {megabytes(size)}: a large file. It is checked when you stop typing, and has no colours.
            </p>
          ) : null}
          <Copies desk={desk} />
          <span class="row">
            <Add desk={desk} path={CONFIG} text={CONFIG_TEXT} />
            <Add desk={desk} path={IGNORE} text="" />
          </span>
        </div>
      )}
    </section>
  );
}

function Tabs({ desk }: { desk: LintDesk }): JSX.Element {
  const { value: files } = desk.files;
  const open = desk.open.value;
  if (files.size === 0) {
    return <p class="files">{open}</p>;
  }
  return (
    <ul class="files" aria-label="Files">
      {[...files.keys()].map((path) => (
        <li key={path}>
          <button
            type="button"
            class="file"
            aria-current={path === open ? "true" : undefined}
            onClick={() => {
              desk.show(path);
            }}
          >
            <span class="folder">{folderOf(path)}</span>
            {nameOf(path)}
            <Count desk={desk} path={path} />
          </button>
          {files.size === 1 ? null : (
            <button
              type="button"
              class="remove"
              aria-label={`Remove ${path}`}
              title={`Remove ${path}`}
              onClick={() => {
                desk.remove(path);
              }}
            >
              ×
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** How many findings a file has. */
function Count({ desk, path }: { desk: LintDesk; path: string }): JSX.Element | null {
  const result = desk.results.value.get(path);
  if (result === undefined || (!isDockerfile(path) && result.findings.length === 0)) {
    return null;
  }
  const number = result.findings.length + result.more;
  const worst = result.findings.some((it) => it.severity === "error") ? "error" : "warning";
  return (
    <span class="badge" data-severity={number === 0 ? "none" : worst}>
      {number === 0 ? "✓" : number}
      <span class="vh">{number === 0 ? "nothing found" : plural(number, "finding").replace(/^\d+/, "")}</span>
    </span>
  );
}

/** A file that is not there yet. */
function Add({ desk, path, text }: { desk: LintDesk; path: string; text: string }): JSX.Element | null {
  const has = [...desk.files.value.keys()].some((it) =>
    path === IGNORE ? kindOf(it) === "ignore" : kindOf(it) === "dockwright" || kindOf(it) === "hadolint",
  );
  if (has) {
    return null;
  }
  return (
    <button
      type="button"
      class="small"
      onClick={() => {
        desk.add(path, text);
      }}
    >
      Add {path}
    </button>
  );
}

function Copies({ desk }: { desk: LintDesk }): JSX.Element {
  const done = useSignal(false);
  const text = (): string => {
    const file = desk.files.value.get(desk.open.value);
    return file === undefined ? "" : written(file);
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      announce(`${desk.open.value} copied.`);
      done.value = true;
      setTimeout(() => {
        done.value = false;
      }, 2000);
    } catch {
      announce("The browser does not let the page copy. Download the file.");
    }
  };
  return (
    <span class="row">
      <button type="button" class="small" onClick={() => void copy()}>
        {done.value ? "Copied" : "Copy file"}
      </button>
      <button
        type="button"
        class="small"
        onClick={() => {
          download(nameOf(desk.open.value), text());
        }}
      >
        Download file
      </button>
    </span>
  );
}
