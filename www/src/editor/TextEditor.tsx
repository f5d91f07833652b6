/** A text with colours and marks. CodeMirror comes when the place is seen; until then, and by choice, a text area. */

import { effect, type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Place } from "../state/desk";
import type { Analyzed } from "../state/workspace";
import { useParts } from "../ui/context";
import type { Editor } from "./codemirror";

/** What is edited, and what is shown of it. The signals stay the same as long as the editor is there. */
export interface TextEditorProps {
  readonly text: ReadonlySignal<string>;
  /** What a screen reader calls it. */
  readonly label: ReadonlySignal<string>;
  /** Colours and findings. */
  readonly analyzed: ReadonlySignal<Analyzed | undefined>;
  /** What should be selected; it is taken away when it is. */
  readonly place: Signal<Place | undefined>;
  /** Counts up when the editor should take the focus. */
  readonly focus?: ReadonlySignal<number>;
  readonly placeholder?: string;
  readonly edit: (text: string) => void;
}

/** The editor. */
export function TextEditor(props: TextEditorProps): JSX.Element {
  const { text, label, place, focus, placeholder, edit } = props;
  const { desk } = useParts();
  const rich = useSignal<Editor | undefined>(undefined);
  const area = useRef<HTMLTextAreaElement>(null);
  const host = useCodeMirror(props, rich);
  const simple = desk.simple.value || rich.value === undefined;
  useEffect(() => {
    const isSimple = (): boolean => desk.simple.peek() || rich.peek() === undefined;
    // A wish from before the editor was there is none.
    const before = focus?.peek();
    const stopFocus = effect(() => {
      if (focus?.value !== before) {
        requestAnimationFrame(() => {
          if (isSimple()) {
            area.current?.focus();
          } else {
            rich.peek()?.focus();
          }
        });
      }
    });
    const stopPlace = effect(() => {
      const wanted = place.value;
      if (wanted !== undefined) {
        requestAnimationFrame(() => {
          place.value = undefined;
          if (isSimple()) {
            area.current?.focus();
            area.current?.setSelectionRange(wanted.from, wanted.to);
          } else {
            rich.peek()?.select(wanted.from, wanted.to);
          }
        });
      }
    });
    return () => {
      stopFocus();
      stopPlace();
    };
  }, [desk, rich, focus, place]);
  return (
    <div class="sheet-of-text" data-simple={simple}>
      <textarea
        ref={area}
        hidden={!simple}
        aria-label={label.value}
        placeholder={placeholder}
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        translate={false}
        wrap="soft"
        value={text.value}
        onInput={(event) => {
          edit(event.currentTarget.value);
        }}
      />
      <div class="rich" ref={host} hidden={simple} />
    </div>
  );
}

/** Loads CodeMirror when its place comes into view, and keeps it and the text the same. */
function useCodeMirror(
  { text, label, analyzed, placeholder, edit }: TextEditorProps,
  rich: Signal<Editor | undefined>,
): { current: HTMLDivElement | null } {
  const { desk } = useParts();
  const host = useRef<HTMLDivElement>(null);
  const changed = useRef(edit);
  changed.current = edit;
  useEffect(() => {
    const place = host.current;
    const around = place?.parentElement;
    if (place === null || around === null || around === undefined) {
      return;
    }
    let gone = false;
    let stop = (): void => undefined;
    const load = async (): Promise<void> => {
      const { mount } = await import("./codemirror");
      if (gone) {
        return;
      }
      const editor = mount(place, {
        text: text.peek(),
        label: label.peek(),
        placeholder: placeholder ?? "",
        changed: (it) => {
          changed.current(it);
        },
      });
      rich.value = editor;
      const stopText = effect(() => {
        editor.setText(text.value, label.value);
      });
      const stopMarks = effect(() => {
        if (analyzed.value !== undefined) {
          editor.show(analyzed.value);
        }
      });
      stop = () => {
        stopText();
        stopMarks();
        editor.dispose();
        rich.value = undefined;
      };
    };
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((it) => it.isIntersecting) && !desk.simple.peek()) {
        observer.disconnect();
        // Without it, the text area stays.
        load().catch(() => undefined);
      }
    });
    observer.observe(around);
    return () => {
      gone = true;
      observer.disconnect();
      stop();
    };
  }, [desk, rich, text, label, analyzed, placeholder]);
  return host;
}
