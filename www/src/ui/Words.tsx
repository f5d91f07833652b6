/** Text of the core as nodes: `code` in a sentence, and the node lists of lessons. Never as HTML. */

import { type ComponentChildren, h, type JSX } from "preact";
import type { Node } from "../core";
import { useParts } from "./context";

/** A sentence in which backquotes mark code. */
export function Words({ text }: { text: string }): JSX.Element {
  const parts = text.split(/`([^`]+)`/);
  return <>{parts.map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}</>;
}

const TAGS = new Set(["p", "code", "em", "strong", "ul", "ol", "li", "h3", "blockquote", "aside"]);

/** A lesson's prose. */
export function Prose({ nodes }: { nodes: readonly Node[] }): JSX.Element {
  return <>{nodes.map(render)}</>;
}

function render(node: Node, key: number): ComponentChildren {
  if (typeof node === "string") {
    return node;
  }
  const { tag, children, attrs } = node;
  if (tag === "pre") {
    return <Block key={key} text={plain(node)} lang={attrs["lang"] ?? ""} run={attrs["run"] === "true"} />;
  }
  if (tag === "a") {
    return (
      <Reference key={key} href={attrs["href"] ?? ""}>
        {children.map(render)}
      </Reference>
    );
  }
  if (tag === "aside") {
    return (
      <div key={key} class="note" role="note">
        {children.map(render)}
      </div>
    );
  }
  return TAGS.has(tag) ? (
    h(tag, { key }, children.map(render))
  ) : (
    <span key={key}>{children.map(render)}</span>
  );
}

function plain(node: Node): string {
  return typeof node === "string" ? node : node.children.map(plain).join("");
}

/** Only places of this site and `https` become links. */
function Reference({ href, children }: { href: string; children: ComponentChildren }): JSX.Element {
  if (href.startsWith("#/")) {
    return <a href={href}>{children}</a>;
  }
  return href.startsWith("https://") ? (
    <a href={href} rel="noreferrer noopener">
      {children}
    </a>
  ) : (
    <span>{children}</span>
  );
}

function Block({ text, lang, run }: { text: string; lang: string; run: boolean }): JSX.Element {
  const { simulated, real, desk } = useParts();
  const line = text.trim();
  const insert = (): void => {
    const { screen } = desk.mode.value === "real" ? real : simulated;
    screen.draft.value = line.split("\n").join(" && ");
    desk.toCommand();
  };
  return (
    <div class="block" data-lang={lang}>
      <pre tabIndex={0} translate={false}>
        <code>{line}</code>
      </pre>
      {run ? (
        <button type="button" class="small" onClick={insert} aria-label={`Insert: ${line}`}>
          Insert
        </button>
      ) : null}
    </div>
  );
}
