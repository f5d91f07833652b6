import { expect, test } from "vitest";
import { imageOf, isBuild, isRun } from "./image";

test.each([
  ["docker pull ubuntu:bionic", "ubuntu:bionic"],
  ["sudo docker image pull -q quay.io/a/b", "quay.io/a/b"],
  [
    "docker run -dit registry.hub.docker.com/library/ubuntu:bionic",
    "registry.hub.docker.com/library/ubuntu:bionic",
  ],
  ["docker run --entrypoint /usr/bin/curl -it abdouls/nettools google.com", "abdouls/nettools"],
  ['docker run --entrypoint="" abdouls/nettools ls', "abdouls/nettools"],
  ["docker build -t abdouls/dockerping:latest .", "abdouls/dockerping:latest"],
  ["docker build .", undefined],
  ["docker images", undefined],
  ["docker run -it", undefined],
  ["ls", undefined],
  ["", undefined],
])("%s", (line, expected) => {
  expect(imageOf(line)).toBe(expected);
});

test.each([
  ["docker run x", true],
  ["sudo docker container run x", true],
  ["docker runx", false],
  ["docker images", false],
])("%s", (line, expected) => {
  expect(isRun(line)).toBe(expected);
});

test.each([
  ["docker build .", true],
  ["sudo docker image build -t a .", true],
  ["docker buildx build .", true],
  ["docker builder prune", false],
  ["docker run build", false],
])("%s builds: %s", (line, expected) => {
  expect(isBuild(line)).toBe(expected);
});
