import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";

const checkout = join(import.meta.dirname, "../../..");

/** Runs the report in a project of its own with these test files. */
function report(t: ExecutionContext, files: Record<string, string>) {
  const directory = mkdtempSync(join(tmpdir(), "webstack-report-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const manifest = { type: "module", ava: { extensions: ["ts"], files: ["tests/*.test.ts"] } };
  writeFileSync(join(directory, "package.json"), JSON.stringify(manifest));
  symlinkSync(join(checkout, "node_modules"), join(directory, "node_modules"));
  mkdirSync(join(directory, "tests"));
  for (const [name, body] of Object.entries(files)) {
    writeFileSync(join(directory, "tests", `${name}.test.ts`), `import test from "ava";\n${body}`);
  }
  const { status, stdout } = spawnSync(process.execPath, [join(checkout, "local/toolchain/test.ts")], {
    cwd: directory,
    encoding: "utf8",
    env: { ...process.env, NODE_PATH: undefined },
  });
  return { status, stdout, last: stdout.trimEnd().split("\n").at(-1) };
}

test("a run without failures ends with the counts and succeeds", (t) => {
  const { status, stdout, last } = report(t, {
    one: 'test("adds", (t) => t.is(1 + 1, 2)); test.skip("waits", (t) => t.pass());',
    two: 'test("again", (t) => t.pass());',
  });
  t.true(stdout.includes("✔ one › adds\n"));
  t.is(last, "2 passed, 0 failed, 1 skipped");
  t.is(status, 0);
});

test("a failure is shown with what was expected, counted, and fails the run", (t) => {
  const { status, stdout, last } = report(t, {
    one: 'test("adds", (t) => t.is(1 + 1, 3)); test("b", (t) => t.pass());',
  });
  t.true(stdout.includes("✘ adds\n    name: AssertionError\n"));
  t.regex(stdout, /- 2\s+\+ 3/);
  t.is(last, "1 passed, 1 failed");
  t.is(status, 1);
});

test("a file that does not load fails the run", (t) => {
  const { status, last } = report(t, { one: 'test("b", (t) => t.pass());', broken: 'throw new Error("no");' });
  t.regex(last ?? "", /^1 passed, [1-9]\d* failed$/);
  t.is(status, 1);
});

test("a run without tests fails", (t) => {
  const { status, last } = report(t, {});
  t.is(last, "0 passed, 0 failed");
  t.is(status, 1);
});
