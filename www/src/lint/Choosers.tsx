/** Buttons that ask for files and folders. */

import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { LintDesk } from "./desk";
import { chosen } from "./read";

/** The buttons; `primary` where they are what to do next. */
export function Choosers({ desk, primary = false }: { desk: LintDesk; primary?: boolean }): JSX.Element {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement): void => {
    void desk.take(chosen(input.files ?? []));
    // The same file may be chosen again.
    input.value = "";
  };
  return (
    <>
      <button type="button" class={primary ? "primary" : ""} onClick={() => files.current?.click()}>
        Choose files
      </button>
      {"webkitdirectory" in HTMLInputElement.prototype ? (
        <button type="button" onClick={() => folder.current?.click()}>
          Choose a folder
        </button>
      ) : null}
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-hidden="true"
        tabIndex={-1}
        data-choose="files"
        onChange={(event) => {
          take(event.currentTarget);
        }}
      />
      <input
        ref={folder}
        type="file"
        hidden
        aria-hidden="true"
        tabIndex={-1}
        data-choose="folder"
        {...{ webkitdirectory: true }}
        onChange={(event) => {
          take(event.currentTarget);
        }}
      />
    </>
  );
}
