/** Icons, drawn with one pen. All are decoration: the words beside them say the same. */

import type { ComponentChildren, JSX } from "preact";

function Icon({ children, size = 20 }: { children: ComponentChildren; size?: number }): JSX.Element {
  return (
    <svg class="icon" aria-hidden="true" focusable="false" width={size} height={size} viewBox="0 0 20 20">
      {children}
    </svg>
  );
}

/** The hull on its slip, with its frames still open. */
export function Logo(): JSX.Element {
  return (
    <svg class="logo" aria-hidden="true" focusable="false" width="28" height="28" viewBox="0 0 28 28">
      <path
        d="M2 14.5c7 2 16.5 1.6 24-1.5-.7 5.3-3.6 8.5-8.3 8.500H10c-4.3 0-7.2-2.6-8-7z"
        fill="currentColor"
      />
      <path
        d="M8 13.500V8M13 13.800V5.500M18 13V4M23 11.500V4.500M5.5 9.500C12 9.3 18.5 8 25 5.500M5 25h18M9 21.500V25M18.5 21.500V25"
        fill="none"
        stroke="currentColor"
        stroke-width="1.7"
        stroke-linecap="round"
      />
    </svg>
  );
}

/** A tick: met, done. */
export const Tick = (): JSX.Element => (
  <Icon>
    <path d="M4 10.500l4 4 8-9" />
  </Icon>
);

/** An open circle: not yet. */
export const Circle = (): JSX.Element => (
  <Icon>
    <circle cx="10" cy="10" r="5.5" />
  </Icon>
);

/** A cross: not this one. */
export const Cross = (): JSX.Element => (
  <Icon>
    <path d="M5 5l10 10M15 5L5 15" />
  </Icon>
);

/** A triangle: a warning. */
export const Triangle = (): JSX.Element => (
  <Icon>
    <path d="M10 3.500L17.5 16.500h-15zM10 8.500v3.500M10 14.300v.2" />
  </Icon>
);

/** An octagon: an error. */
export const Octagon = (): JSX.Element => (
  <Icon>
    <path d="M7 2.500h6l4.5 4.500v6L13 17.500H7L2.5 13V7zM10 6v5M10 13.700v.2" />
  </Icon>
);

/** A lamp: a suggestion. */
export const Lamp = (): JSX.Element => (
  <Icon>
    <path d="M7.5 14c0-2-2.5-3-2.5-6a5 5 0 0 1 10 0c0 3-2.5 4-2.5 6zM8 17.300h4" />
  </Icon>
);

/** An i in a ring: a note. */
export const Info = (): JSX.Element => (
  <Icon>
    <circle cx="10" cy="10" r="7.5" />
    <path d="M10 9v5M10 6v.2" />
  </Icon>
);

/** A screen: the system's theme. */
export const Monitor = (): JSX.Element => (
  <Icon size={18}>
    <path d="M2.5 4h15v9.500h-15zM7 17h6M10 13.500V17" />
  </Icon>
);

/** A sun: light. */
export const Sun = (): JSX.Element => (
  <Icon size={18}>
    <circle cx="10" cy="10" r="3.5" />
    <path d="M10 1.500v2M10 16.500v2M1.5 10h2M16.5 10h2M4 4l1.4 1.400M14.6 14.600L16 16M16 4l-1.4 1.400M5.4 14.600L4 16" />
  </Icon>
);

/** A moon: dark. */
export const Moon = (): JSX.Element => (
  <Icon size={18}>
    <path d="M16.5 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.5 8.500z" />
  </Icon>
);

/** An arrow: go there. */
export const Arrow = (): JSX.Element => (
  <Icon>
    <path d="M3.5 10h12M11 5l5 5-5 5" />
  </Icon>
);

/** A plug: the connection to Docker. */
export const Plug = (): JSX.Element => (
  <Icon>
    <path d="M7 2.500v4M13 2.500v4M4.5 6.500h11v3a5.5 5.5 0 0 1-11 0zM10 15v3.5" />
  </Icon>
);
