/** The article, for real: a learner's page, a real agent, a real engine, and a registry with a password. */

import { expect, test } from "@playwright/test";
import { Desk, given } from "./real-desk";

// Each test goes on where the one before it ended, as the article does.
test.describe.configure({ mode: "serial", timeout: 240_000 });

const BUILD = 200_000;
const PING = `FROM debian:latest
LABEL maintainer="Abdoul Soumahoro"
ENTRYPOINT ["/bin/ping"]
CMD ["www.docker.com"]
`;
const INSTALLED = PING.replace(
  "ENTRYPOINT",
  "RUN apt-get update && apt-get install -y iputils-ping\nENTRYPOINT",
);
const TOOLS = `FROM debian:latest
LABEL maintainer="Abdoul Soumahoro"
RUN apt update && \\
\tapt install -y traceroute && \\
\tapt install -y curl && \\
\tapt clean
ENTRYPOINT ["/bin/bash"]
`;
const OVERRIDABLE = TOOLS.replace("ENTRYPOINT", "CMD");

let desk: Desk;

test.beforeAll(async ({ browser }) => {
  desk = await Desk.open(browser);
});

test.afterAll(async () => {
  await desk?.close();
});

test("the link pairs the page, and its code is gone from the address", async () => {
  expect(desk.page.url()).not.toContain("c=");
  await expect(desk.docker).toHaveAttribute("aria-pressed", "true");
  await expect(desk.line).toBeEnabled();
  expect(await desk.ok("docker images")).toMatch(
    /^REPOSITORY +TAG +IMAGE ID +CREATED +SIZE\n(.*\n)*debian +latest /,
  );
});

test("a command that is not docker's does not run", async () => {
  expect(await desk.run("ls /")).toContain("ls was not run");
});

test("dockerping builds as printed, and does not start: Debian has no ping", async () => {
  await desk.dockerfile(PING, "type");
  await desk.ok("docker build -t abdouls/dockerping:latest .", BUILD);
  expect(await desk.ok("docker images abdouls/dockerping")).toMatch(/^abdouls\/dockerping +latest /m);
  const output = await desk.run("docker run abdouls/dockerping:latest");
  expect(output).toContain('exec: "/bin/ping": stat /bin/ping: no such file or directory');
  expect(output).toMatch(/^exit status 127$/m);
});

test("with ping installed it pings, and arguments replace CMD", async () => {
  await desk.dockerfile(INSTALLED, "paste");
  await desk.ok("docker build -t abdouls/dockerping:latest .", BUILD);
  const output = await desk.ok("docker run abdouls/dockerping:latest -c 2 localhost");
  expect(output).toContain("2 packets transmitted, 2 received, 0% packet loss");
});

test("Stop ends a program that runs on", async () => {
  await desk.enter("docker run abdouls/dockerping:latest localhost");
  await expect(desk.last).toContainText("icmp_seq=2", { timeout: 20_000 });
  await desk.stopButton.click();
  await expect(desk.runButton).toBeVisible({ timeout: 15_000 });
  expect(await desk.ok("docker ps -a")).toMatch(/^CONTAINER ID .*NAMES$/);
});

test("nettools gives a shell", async () => {
  await desk.dockerfile(TOOLS, "paste");
  await desk.ok("docker build -t abdouls/nettools .", BUILD);
  await desk.enter("docker run -it abdouls/nettools");
  await expect(desk.screen).toContainText(/root@[0-9a-f]{12}:\/# /, { timeout: 20_000 });
  await desk.type("echo $((6 * 7)) is the answer; tty");
  await expect(desk.screen).toContainText("42 is the answer");
  await expect(desk.screen).toContainText("/dev/pts/0");
  await desk.type("traceroute --version 2>&1 | head -1");
  await expect(desk.screen).toContainText(/traceroute .*version/i);
  await desk.type("exit 3");
  await expect(desk.runButton).toBeVisible({ timeout: 15_000 });
  await expect(desk.last).toContainText("42 is the answer");
  await expect(desk.last).toContainText("exit status 3");
});

test("--entrypoint replaces the entrypoint", async () => {
  expect(await desk.ok("docker run --entrypoint /usr/bin/curl abdouls/nettools --version")).toMatch(
    /^curl \d+\.\d+/,
  );
});

test("allow-override: docker asks for the missing dot, then arguments replace the shell", async () => {
  await desk.dockerfile(OVERRIDABLE, "paste");
  const output = await desk.run("docker build -t abdouls/nettools:allow-override");
  expect(output).toContain("requires exactly 1 argument");
  expect(output).toMatch(/^exit status 1$/m);
  await desk.ok("docker build -t abdouls/nettools:allow-override .", BUILD);
  expect(await desk.ok("docker run abdouls/nettools:allow-override curl --version")).toMatch(
    /^curl \d+\.\d+/,
  );
  await desk.enter("docker run -it abdouls/nettools:allow-override");
  await expect(desk.screen).toContainText(/root@[0-9a-f]{12}:\/# /, { timeout: 20_000 });
  await desk.type("exit");
  await expect(desk.runButton).toBeVisible({ timeout: 15_000 });
});

test("push to a registry with a password, remove, and pull back", async () => {
  const registry = given("DOCKWRIGHT_TEST_PRIVATE_REGISTRY");
  const name = `${registry}/abdouls/nettools:allow-override`;
  await desk.ok(`docker tag abdouls/nettools:allow-override ${name}`);
  const refused = await desk.run(`docker push ${name}`);
  expect(refused).toContain("no basic auth credentials");
  expect(refused).toMatch(/^exit status 1$/m);

  const login = `docker login -u ${given("DOCKWRIGHT_TEST_USER")} ${registry}`;
  await desk.enter(login);
  await desk.answer(/Password/, "not it");
  await expect(desk.runButton).toBeVisible({ timeout: 15_000 });
  await expect(desk.last).toContainText(/unauthorized/i);
  await desk.enter(login);
  await desk.answer(/Password/, given("DOCKWRIGHT_TEST_PASSWORD"));
  await expect(desk.runButton).toBeVisible({ timeout: 15_000 });
  await expect(desk.last).toContainText("Login Succeeded");
  await expect(desk.log).not.toContainText(given("DOCKWRIGHT_TEST_PASSWORD"));

  const pushed = await desk.ok(`docker push ${name}`, 60_000);
  const digest = /allow-override: digest: (sha256:[0-9a-f]{64}) size: \d+/.exec(pushed)?.[1];
  expect(digest, pushed).toBeDefined();

  await desk.ok(`docker rmi ${name}`);
  await desk.ok("docker rmi abdouls/nettools:allow-override");
  expect(await desk.ok("docker images")).not.toContain("allow-override");
  const pulled = await desk.ok(`docker pull ${name}`, 60_000);
  expect(pulled).toContain(`Digest: ${String(digest)}`);
  expect(pulled).toContain(`Status: Downloaded newer image for ${name}`);
  expect(await desk.ok(`docker run ${name} curl --version`)).toMatch(/^curl \d+\.\d+/);
});

test("nothing is left, and the browser had nothing to complain about", async () => {
  expect(await desk.ok("docker ps -a")).toMatch(/^CONTAINER ID .*NAMES$/);
  expect(desk.complaints).toEqual([]);
});
