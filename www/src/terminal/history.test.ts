import { expect, test } from "vitest";
import { History } from "./history";

function history(...lines: readonly string[]): History {
  const it = new History();
  for (const line of lines) {
    it.add(line);
  }
  return it;
}

test("Up goes back, Down returns to what was being typed", () => {
  const it = history("one", "two");
  expect(it.earlier("dra")).toBe("two");
  expect(it.earlier("two")).toBe("one");
  expect(it.earlier("one")).toBeUndefined();
  expect(it.later()).toBe("two");
  expect(it.later()).toBe("dra");
  expect(it.later()).toBeUndefined();
});

test("empty lines and repetitions are not kept", () => {
  const it = history("one", "  ", "one");
  expect(it.earlier("")).toBe("one");
  expect(it.earlier("")).toBeUndefined();
});

test("find gives the newest", () => {
  expect(history("docker pull a", "ls", "docker pull b").find("pull")).toBe("docker pull b");
  expect(history("ls").find("pull")).toBeUndefined();
});
