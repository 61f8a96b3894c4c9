import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import test, { type ExecutionContext } from "ava";
import { previewCost } from "../../cost/preview-cost.ts";
import { bytes, preview, step } from "../plan/documents.ts";
import { nat } from "./stack.ts";

const { bin, files, dependencies } = JSON.parse(readFileSync("package.json", "utf8"));

/** Another project, that has this package as npm installs it: the files that are packed, commands as links to them, and other packages beside it. */
function project(t: ExecutionContext): string {
  const directory = mkdtempSync(path.join(tmpdir(), "webstack-installed-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const modules = path.join(directory, "node_modules");
  mkdirSync(path.join(modules, ".bin"), { recursive: true });
  for (const file of ["package.json", ...files])
    cpSync(file, path.join(modules, "webstack", file), { recursive: true });
  for (const [command, file] of Object.entries<string>(bin)) {
    symlinkSync(path.join("..", "webstack", file), path.join(modules, ".bin", command));
  }
  for (const name of Object.keys(dependencies)) {
    const place = path.join(modules, name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(path.resolve("node_modules", name), place);
  }
  return directory;
}

test("an installed webstack-review runs", async (t) => {
  const directory = project(t);
  writeFileSync(path.join(directory, "preview.json"), JSON.stringify(preview([step("create", { after: nat("a") })])));
  const { stdout, stderr } = await promisify(execFile)(
    path.join(directory, "node_modules/.bin/webstack-review"),
    ["preview.json", "--format", "text", "--out", "reports", "--gate", "policy=never"],
    { cwd: directory, env: { PATH: `${path.dirname(process.execPath)}:${process.env.PATH}` } },
  );
  t.is(stderr, "");
  t.regex(stdout, /^Changes: 1 created\. Cost: \d+\.\d\d US dollars/);
  t.true(existsSync(path.join(directory, "reports/shop.md")));
});

test("an installed webstack-cost runs, and says nothing but what it costs", async (t) => {
  const directory = project(t);
  const document = JSON.stringify(preview([step("create", { after: nat("a") })]));
  writeFileSync(path.join(directory, "preview.json"), document);
  const { stdout, stderr } = await promisify(execFile)(
    path.join(directory, "node_modules/.bin/webstack-cost"),
    ["preview.json", "--date", "2026-11-24"],
    { cwd: directory, env: { PATH: `${path.dirname(process.execPath)}:${process.env.PATH}` } },
  );
  t.is(stderr, "");
  t.is(stdout, (await previewCost(bytes(document), { date: new Date("2026-11-24T00:00:00Z") })).text);
});
