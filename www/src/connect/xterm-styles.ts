/**
 * xterm.js writes its colours and sizes into `<style>` elements, which `style-src 'self'` ignores. While it opens, it
 * is given an element that looks like one and keeps its rules in a constructed style sheet.
 */

const NAME = "dockwright-style";

class ConstructedStyle extends HTMLElement {
  readonly #sheet = new CSSStyleSheet();
  #root: Document | ShadowRoot | undefined;

  connectedCallback(): void {
    const root = this.getRootNode();
    if (root instanceof Document || root instanceof ShadowRoot) {
      this.#root = root;
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
    }
  }

  disconnectedCallback(): void {
    if (this.#root !== undefined) {
      this.#root.adoptedStyleSheets = this.#root.adoptedStyleSheets.filter((it) => it !== this.#sheet);
      this.#root = undefined;
    }
  }

  get sheet(): CSSStyleSheet {
    return this.#sheet;
  }

  override set textContent(text: string | null) {
    this.#sheet.replaceSync(text ?? "");
  }

  override get textContent(): string {
    return [...this.#sheet.cssRules].map((it) => it.cssText).join("\n");
  }
}

type Create = (this: Document, tag: string, options?: ElementCreationOptions) => HTMLElement;

/** Runs `open`; `<style>` elements that it makes are constructed style sheets. */
export function withConstructedStyles(open: () => void): void {
  if (customElements.get(NAME) === undefined) {
    customElements.define(NAME, ConstructedStyle);
  }
  const create: Create = Reflect.get(Document.prototype, "createElement");
  Object.defineProperty(document, "createElement", {
    configurable: true,
    value: (tag: string, options?: ElementCreationOptions): HTMLElement =>
      create.call(document, tag.toLowerCase() === "style" ? NAME : tag, options),
  });
  try {
    open();
  } finally {
    // The own property hid the prototype's method; without it, that one is back.
    Reflect.deleteProperty(document, "createElement");
  }
}
