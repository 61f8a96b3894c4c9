import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { archiveOf, base } from "../../../../local/live/machines/base.ts";
import { privileged } from "../privileged.ts";

function temporary(t: ExecutionContext): string {
  const directory = mkdtempSync(join(tmpdir(), "webstack-base-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** Has builds find a debootstrap that does this. It notes that it was called. */
function debootstrap(t: ExecutionContext, script: string): () => string[] {
  const bin = temporary(t);
  writeFileSync(join(bin, "debootstrap"), `#!/bin/sh\necho called >>${bin}/calls\n${script}\n`, { mode: 0o755 });
  const path = process.env.PATH;
  process.env.PATH = `${bin}:${path}`;
  t.teardown(() => {
    process.env.PATH = path;
  });
  return () => readFileSync(join(bin, "calls"), "utf8").trim().split("\n");
}

const named = (cache: string) => readdirSync(cache).filter((name) => /^debian-13-[0-9a-f]{12}$/.test(name));

privileged("a base that cannot be built is told with the end of what was said, and is not there", async (t) => {
  const cache = temporary(t);
  debootstrap(t, "echo 'E: the archive is not to be reached'; exit 1");
  const lines: string[] = [];
  const error = await t.throwsAsync(base((line) => lines.push(line), cache));
  t.regex(error.message, /could not be built\. .*\nE: the archive is not to be reached$/);
  t.deepEqual(lines, [
    "Building the base of the machines, once (2 to 4 minutes) ...",
    "Debian 13 (1 of 4): the system",
  ]);
  t.deepEqual(named(cache), []);
  t.false(readFileSync("/proc/self/mounts", "utf8").includes(cache));
});

privileged("of two that build at once one waits, and uses what the other has built", async (t) => {
  const cache = temporary(t);
  // What has come about by the time that the first one has its turn stands for what that one has built.
  const calls = debootstrap(t, `sleep 1; mkdir "${cache}/$(cd ${cache} && echo *.lock | sed 's/[.]lock//')"; exit 1`);
  const [first, second] = await Promise.allSettled([1, 2].map(() => base(() => {}, cache)));
  const [name] = named(cache);
  const built = [first, second].filter((each) => each?.status === "fulfilled").map((each) => each.value);
  t.deepEqual(built, [join(cache, String(name))]);
  t.deepEqual(calls(), ["called"]);
});

test("the archive of a base is the one that its sources name", (t) => {
  const directory = temporary(t);
  mkdirSync(join(directory, "mirror"));
  writeFileSync(join(directory, "mirror/archive"), "http://deb.example.org/debian/\n");
  t.is(archiveOf(directory).href, "http://deb.example.org/debian/");
});
