import { expect, test } from "vitest";
import { pasted } from "./paste";

test.each([
  ["docker images", [], "docker images"],
  ["docker images\n", ["docker images"], ""],
  ["a\r\nb\r\nc", ["a", "b"], "c"],
  ["docker run \\\n  -it ubuntu\n", ["docker run  -it ubuntu"], ""],
  ["# first this\n\n  ls  \n", ["ls"], ""],
])("%j", (text, run, rest) => {
  expect(pasted(text)).toEqual({ run, rest });
});
