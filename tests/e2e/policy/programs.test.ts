import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { promisify } from "node:util";
import test from "ava";
import { stopEmulator } from "../../../local/cloud/emulator.ts";
import { operation } from "../../../local/stack/operation.ts";

const CHECKOUT = path.resolve(import.meta.dirname, "../../..");
const PROGRAMS = path.join(CHECKOUT, "tests/policy/programs");
const directory = mkdtempSync(path.join(tmpdir(), "webstack-policy-"));
const root = path.join(directory, "project");
const localDir = path.join(directory, "local");

const wrong = readdirSync(PROGRAMS)
  .filter((file) => file.endsWith(".ts") && !["index.ts", "surroundings.ts"].includes(file))
  .map((file) => file.replace(".ts", ""));

test.before(() => {
  cpSync(PROGRAMS, root, { recursive: true });
  for (const entry of ["node_modules", "package.json"]) symlinkSync(path.join(CHECKOUT, entry), path.join(root, entry));
  for (const name of wrong) writeFileSync(path.join(root, `Pulumi.${name}.yaml`), "config:\n  aws:region: eu-west-1\n");
});

test.after.always(async () => {
  await stopEmulator(localDir);
  rmSync(directory, { recursive: true, force: true });
});

async function preview(environment: string, choice: { readonly plan?: string; readonly policyPack?: string }) {
  let said = "";
  const output = new Writable({
    write(chunk, _encoding, done) {
      said += chunk;
      done();
    },
  });
  const code = await operation({ verb: "preview", environment, root, localDir, output, ...choice });
  return { code, said };
}

interface Report {
  readonly summary: Readonly<Record<string, number>>;
  readonly findings: readonly {
    readonly level: string;
    readonly rule: string;
    readonly urn: string;
    readonly message: string;
  }[];
}

/** What `make policy FORMAT=json` says of a plan, and how it ends. */
async function judged(plan: string): Promise<{ readonly code: number; readonly report: Report }> {
  const run = promisify(execFile)(process.execPath, [path.join(CHECKOUT, "policy/main.ts"), plan, "--format", "json"]);
  const { code, stdout } = await run.then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => error,
  );
  return { code, report: JSON.parse(stdout) };
}

for (const name of wrong) {
  test.serial(`the report of a program that gets it wrong: ${name}`, async (t) => {
    const plan = path.join(localDir, name, "plan.json");
    const { code, said } = await preview(name, { plan });
    t.is(code, 0, said);
    const { code: refused, report } = await judged(plan);
    t.is(refused, 1);
    t.is(report.summary.undecidable, 0);
    t.snapshot(
      report.findings
        .map(({ level, urn, message, rule }) => `${level} ${rule} ${urn.split("::").at(-1)}: ${message}`)
        .sort(),
    );
    t.false(JSON.stringify(report).includes("correct-horse"), "a password is in the report");
  });
}

test.serial("the pack refuses on the engine what the report calls mandatory", async (t) => {
  const { code, said } = await preview("public-bucket", { policyPack: path.join(CHECKOUT, "policy") });
  t.not(code, 0);
  const refused = [...said.matchAll(/\[mandatory\]\s+(?:\[severity: \w+\]\s+)?([a-z-]+)/g)].map(([, rule]) => rule);
  const { report } = await judged(path.join(localDir, "public-bucket", "plan.json"));
  const mandatory = report.findings.filter(({ level }) => level === "mandatory").map(({ rule }) => rule);
  t.deepEqual([...new Set(refused)].sort(), [...new Set(mandatory)].sort());
});
