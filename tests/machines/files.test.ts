import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { environmentFile, installed, script, unit } from "../../machines/files.ts";

test("a file is installed as it is in the project", (t) => {
  const content = readFileSync("machines/nginx/site.conf", "utf8");
  t.deepEqual(installed("nginx/site.conf", "/etc/site"), { path: "/etc/site", content });
  t.deepEqual(installed("nginx/site.conf", "/etc/site", "0600"), { path: "/etc/site", mode: "0600", content });
});

test("scripts can be run and units are found by systemd", (t) => {
  t.like(script("fetch-release"), { path: "/usr/local/lib/webstack/fetch-release", mode: "0755" });
  t.like(unit("webstack-app.service"), { path: "/etc/systemd/system/webstack-app.service" });
});

test("variables are written one a line", (t) => {
  t.deepEqual(environmentFile("/etc/app.env", { PORT: "8080", KEY: "releases/ab_c-1.tar.gz", NONE: "" }), {
    path: "/etc/app.env",
    content: "PORT=8080\nKEY=releases/ab_c-1.tar.gz\nNONE=\n",
  });
});

for (const value of ["two words", "a;b", "$HOME", "`id`", 'a"b', "a'b", "a\nB=c", "#a", "a\\b"]) {
  test(`a value that would need quotes is refused: ${JSON.stringify(value)}`, (t) => {
    t.throws(() => environmentFile("/etc/app.env", { NAME: value }), {
      instanceOf: TypeError,
      message: `NAME in /etc/app.env must do without quotes, but is ${JSON.stringify(value)}`,
    });
  });
}

const SCRIPTS = readdirSync("machines/scripts").map((name) => join("machines/scripts", name));

for (const path of SCRIPTS) {
  test(`${path} is a shell script that stops at what it did not expect`, (t) => {
    t.is(spawnSync("sh", ["-n", path], { encoding: "utf8" }).stderr, "");
    const lines = readFileSync(path, "utf8").split("\n");
    t.is(lines[0], "#!/bin/sh");
    t.true(lines.includes("set -eu"));
  });
}

const hasShellcheck = spawnSync("shellcheck", ["--version"]).error === undefined;
if (!hasShellcheck)
  console.warn("shellcheck is not installed, so the scripts are not checked by it: apt-get install shellcheck");

(hasShellcheck ? test : test.skip)("shellcheck has nothing to say about the scripts", (t) => {
  const { stdout, status } = spawnSync("shellcheck", SCRIPTS, { encoding: "utf8" });
  t.is(stdout, "");
  t.is(status, 0);
});
