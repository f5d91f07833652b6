/** The sets of rules, as a choice. */

/** Each with what it is for. */
export const PRESETS = [
  ["default", "Default", "What is on for everyone."],
  ["hadolint", "hadolint", "hadolint's rules and ShellCheck's, with hadolint's codes and levels."],
  ["buildkit", "BuildKit", "What docker build --check warns of."],
  ["security", "Security", "The default, and more about secrets, downloads, users and sources."],
  ["modern", "Modern", "The default, and cache mounts, here-documents and other news of BuildKit."],
  ["kubernetes", "Kubernetes", "The default, and what a cluster asks of an image."],
  ["strict", "Strict", "All rules that are not tried out."],
] as const;

/** The name of one, as configurations write it. */
export type Preset = (typeof PRESETS)[number][0];

/** The preset of this name. */
export function presetOf(name: unknown): Preset | undefined {
  return PRESETS.find((it) => it[0] === name)?.[0];
}
