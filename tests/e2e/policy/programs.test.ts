import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import test from "ava";
import { CHECKOUT, Project, wrong } from "./project.ts";

const project = new Project();
test.after.always(() => project.remove());

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
    const plan = path.join(project.localDir, name, "plan.json");
    const { code, said } = await project.preview(name, { plan });
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
  const { code, said } = await project.preview("public-bucket", { policyPack: path.join(CHECKOUT, "policy") });
  t.not(code, 0);
  const refused = [...said.matchAll(/\[mandatory\]\s+(?:\[severity: \w+\]\s+)?([a-z-]+)/g)].map(([, rule]) => rule);
  const { report } = await judged(path.join(project.localDir, "public-bucket", "plan.json"));
  const mandatory = report.findings.filter(({ level }) => level === "mandatory").map(({ rule }) => rule);
  t.deepEqual([...new Set(refused)].sort(), [...new Set(mandatory)].sort());
});
