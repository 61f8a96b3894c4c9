import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { installApplication, NODE } from "./support/application.ts";

const directory = mkdtempSync(join(tmpdir(), "webstack-bundle-"));
test.before(() => installApplication(directory));
test.after.always(() => rmSync(directory, { recursive: true }));

const run = (node: string, environment: Record<string, string>, file = join(directory, "server.js")) =>
  spawnSync(node, [file], { encoding: "utf8", env: environment });

for (const [what, node, file] of [
  ["the bundle on the machine's Node", NODE, undefined],
  ["the bundle on this Node", process.execPath, undefined],
  ["the source on this Node", process.execPath, "app/server.ts"],
] as const) {
  test(`${what} refuses to start with a wrong configuration: the text on standard error, exit code 78`, (t) => {
    const { status, stdout, stderr } = run(node, { PORT: "http", DATABASE_PASSWORD: "hunter2" }, file);
    t.is(status, 78);
    t.is(stdout, "");
    t.is(
      stderr,
      `The application cannot start: 3 settings are wrong.

DATABASE_PASSWORD is not a setting of this application.
  value: (not shown)
  fix:   unset DATABASE_PASSWORD; the settings are DATABASE_WRITER_HOST, DATABASE_READER_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_USER, DATABASE_PASSWORD_FILE, DATABASE_CA_FILE, DATABASE_CERTIFICATE_DOMAIN

PORT must be a whole number from 0 to 65535.
  value: "http"
  fix:   set PORT=8080, or leave it out

DATABASE_PASSWORD_FILE must name a file that this user can read and that holds the database password.
  value: ""
  fix:   write the password to a file of mode 0400 owned by this user and set DATABASE_PASSWORD_FILE to its path
`,
    );
  });
}

test("the bundle needs nothing but Node's own modules", (t) => {
  const text = readFileSync(join(directory, "server.js"), "utf8");
  const imports = [...text.matchAll(/\brequire\d*\("([^"]+)"\)|^import\b[^;]*?"([^"]+)";/gm)];
  const names = new Set(imports.map(([, required, imported]) => (required ?? imported ?? "").replace(/^node:/, "")));
  t.true(names.has("http") && names.has("tls"));
  t.deepEqual(
    [...names].filter((name) => !builtinModules.includes(name)),
    [],
  );
});
