/** The findings below the editor: severity in words, code, message, what to do, and the fix. */

import type { JSX } from "preact";
import type { Finding } from "../core";
import { useParts } from "../ui/context";
import { Lamp, Octagon, Triangle } from "../ui/Icons";
import { Words } from "../ui/Words";
import { Why } from "./Why";

const NAMES = { error: "Error", warning: "Warning", info: "Note", style: "Style remark" } as const;
const ICONS = { error: Octagon, warning: Triangle, info: Lamp, style: Lamp } as const;

/** The list. */
export function Findings({ goTo, fix }: FindingsProps): JSX.Element | null {
  const { workspace } = useParts();
  if (!workspace.isDockerfile.value) {
    return null;
  }
  const found = workspace.analyzed.value?.findings;
  const more = workspace.analyzed.value?.more;
  return (
    <div class="findings">
      <p class="summary" role="status">
        {found === undefined ? "Reading…" : summary(found)}
        {more === undefined ? null : `, and ${String(more)} more below`}
      </p>
      {found === undefined || found.length === 0 ? null : (
        <ul aria-label="Findings">
          {found.map((it, at) => (
            <Item key={`${it.code} ${String(it.from)} ${String(at)}`} finding={it} goTo={goTo} fix={fix} />
          ))}
        </ul>
      )}
    </div>
  );
}

interface FindingsProps {
  readonly goTo: (it: Finding) => void;
  readonly fix: (it: Finding) => void;
}

function Item({ finding, goTo, fix }: FindingsProps & { finding: Finding }): JSX.Element {
  const { severity, line, message, help, name } = finding;
  const Icon = ICONS[severity];
  return (
    <li data-severity={severity}>
      <Icon />
      <div>
        <p>
          <b>{NAMES[severity]}</b>{" "}
          <button
            type="button"
            class="link"
            onClick={() => {
              goTo(finding);
            }}
          >
            line {line}
          </button>
          : <Words text={message} /> <Code finding={finding} />
        </p>
        {help === undefined ? null : (
          <p class="meta">
            <Words text={help} />
          </p>
        )}
        {finding.fix === undefined || finding.fix.safety === "display" ? null : (
          <button
            type="button"
            class="small"
            onClick={() => {
              fix(finding);
            }}
          >
            {finding.fix.title}
          </button>
        )}
        {name === "" ? null : <Why code={finding.code} />}
      </div>
    </li>
  );
}

/** The rule's code and name, and the check of BuildKit that says the same. */
function Code({ finding }: { finding: Finding }): JSX.Element {
  const { code, name, check, url } = finding;
  const own = code === check ? "" : name === "" ? code : `${code} ${name}`;
  return (
    <span class="code">
      {own}
      {own === "" || check === undefined ? "" : ", "}
      {check === undefined || url === undefined ? (
        check
      ) : (
        <a href={url} rel="noreferrer noopener">
          {check}
        </a>
      )}
    </span>
  );
}

function summary(found: readonly Finding[]): string {
  if (found.length === 0) {
    return "No findings.";
  }
  const counts = (["error", "warning", "info", "style"] as const).flatMap((it) => {
    const count = found.filter((finding) => finding.severity === it).length;
    return count === 0 ? [] : [`${String(count)} ${NAMES[it].toLowerCase()}${count === 1 ? "" : "s"}`];
  });
  return counts.join(", ");
}
