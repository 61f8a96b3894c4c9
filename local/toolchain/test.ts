/**
 * Runs ava on the given patterns, or on all tests, and ends with a line that counts them: `N passed, N failed`, with
 * `, N skipped` where there are any. ava says the same in prose that differs from run to run; its TAP stream is for
 * machines, so that is what is read here, and shown in a form for people.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { TapCount } from "./tap.ts";

const ava = join(import.meta.dirname, "../../node_modules/.bin/ava");
const run = spawn(process.execPath, [ava, "--tap", ...process.argv.slice(2)], { stdio: ["ignore", "pipe", "inherit"] });

const count = new TapCount();
const ended = once(run, "close");
for await (const line of createInterface({ input: run.stdout })) {
  const shown = count.read(line);
  if (shown !== undefined) console.log(shown);
}
const [code] = await ended;

console.log(`\n${count.summary()}`);
process.exitCode = code ?? 1;
