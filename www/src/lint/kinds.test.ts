import { expect, test } from "vitest";
import { configFor, ignoreFor, kindOf, resolve } from "./kinds";

test.each([
  ["Dockerfile", "dockerfile"],
  ["api/Dockerfile.dev", "dockerfile"],
  ["api.Dockerfile", "dockerfile"],
  ["Containerfile", "dockerfile"],
  ["dockwright.toml", "dockwright"],
  ["a/.hadolint.yml", "hadolint"],
  [".dockerignore", "ignore"],
  ["Dockerfile.dockerignore", "ignore"],
  ["Dockerfile.md5", "dockerfile"],
  ["notes.md", undefined],
  ["dockerfiles", undefined],
])("%s", (path, expected) => {
  expect(kindOf(path)).toBe(expected);
});

test("what is nearest counts, and ours before hadolint's", () => {
  const has = (files: readonly string[]) => (path: string) => files.includes(path);
  expect(configFor("a/b/Dockerfile", has(["a/b/.hadolint.yaml", "dockwright.toml"]))).toBe("dockwright.toml");
  expect(configFor("a/b/Dockerfile", has(["a/.hadolint.yaml", ".hadolint.yaml"]))).toBe("a/.hadolint.yaml");
  expect(configFor("Dockerfile", has(["a/dockwright.toml"]))).toBeUndefined();
  expect(ignoreFor("a/Dockerfile", has([".dockerignore", "a/Dockerfile.dockerignore"]))).toBe(
    "a/Dockerfile.dockerignore",
  );
  expect(ignoreFor("a/Dockerfile", has([".dockerignore"]))).toBe(".dockerignore");
});

test.each([
  ["a/b/x.toml", "../base.toml", "a/base.toml"],
  ["x.toml", "./base.toml", "base.toml"],
  ["x.toml", "../base.toml", undefined],
])("from %s, %s", (from, written, expected) => {
  expect(resolve(from, written)).toBe(expected);
});
