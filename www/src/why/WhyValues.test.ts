import { describe, expect, it } from "vitest";
import { place } from "./WhyValues";

describe("where a value comes from", () => {
  it.each([
    ["Docker's default", { from: "docker", name: "", trigger: false }],
    ["from debian:latest", { from: "base", name: "debian:latest", trigger: false }],
    ["", { from: "dockerfile", name: "", lines: [3, 3], trigger: false }],
    ["the Dockerfile", { from: "dockerfile", name: "", trigger: false }],
    ["ONBUILD of the base image", { from: "dockerfile", name: "", lines: [1, 1], trigger: true }],
    ["docker build --label", { from: "build", name: "--label", trigger: false }],
    ["docker run --env", { from: "run", name: "--env", trigger: false }],
  ] as const)("%s", (words, origin) => {
    expect(place(origin as unknown as Parameters<typeof place>[0])).toBe(words);
  });
});
