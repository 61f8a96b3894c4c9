import { execFile } from "node:child_process";
import path from "node:path";
import { Writable } from "node:stream";
import { promisify } from "node:util";
import test from "ava";
import { type OperationOptions, operation } from "../../../local/stack/operation.ts";
import { World } from "../world.ts";

const CHECKOUT = path.resolve(import.meta.dirname, "../../..");
const PACK = path.join(CHECKOUT, "policy");

const STACKS = {
  dev: { domain: "dev.example.com", architecture: "simple" },
  staging: { domain: "staging.example.com", architecture: "distributed" },
  production: {
    domain: "example.com",
    architecture: "secured",
    monitoring: { emails: ["operations@example.com"] },
  },
} as const;

type Choice = Pick<OperationOptions, "verb" | "plan" | "policyPack">;

async function run({ root, localDir }: World, environment: string, choice: Choice) {
  let said = "";
  const output = new Writable({
    write(chunk, _encoding, done) {
      said += chunk;
      done();
    },
  });
  return { code: await operation({ environment, root, localDir, output, ...choice }), said };
}

interface Report {
  readonly summary: Readonly<Record<string, number>>;
  readonly findings: readonly { readonly level: string; readonly message: string }[];
}

async function judged(file: string): Promise<Report> {
  const main = path.join(PACK, "main.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [main, file, "--format", "json"]);
  return JSON.parse(stdout);
}

for (const [environment, settings] of Object.entries(STACKS)) {
  test.serial(
    `${environment} breaks nothing mandatory and leaves nothing open, before it is there and when it is`,
    async (t) => {
      const world = World.with(
        { teardown: (end) => t.teardown(end), fail: (message) => t.fail(message) as never },
        { [environment]: settings },
      );
      // A region of which the price book has everything: elsewhere nobody can tell whether budgets are kept.
      world.configure(environment, settings, "us-east-1");
      const plan = path.join(world.localDir, environment, "plan.json");
      t.is((await run(world, environment, { verb: "preview", plan })).code, 0);
      const before = await judged(plan);
      t.is(before.summary.mandatory, 0);
      t.deepEqual(
        before.findings.filter(({ level }) => level === "undecidable"),
        [],
      );
      t.is(before.summary.undecidable, 0);

      const up = await run(world, environment, { verb: "up", policyPack: PACK });
      t.is(up.code, 0, up.said);
      t.notRegex(up.said, /\[mandatory\]/);
      t.is((await run(world, environment, { verb: "preview", plan })).code, 0);
      for (const file of [plan, path.join(world.localDir, environment, "state.json")]) {
        const { summary } = await judged(file);
        t.is(summary.mandatory, 0, file);
        t.true((summary.passed ?? 0) >= (before.summary.passed ?? 0), "what is there is judged as what was to come");
        t.is(summary.undecidable, 0, file);
      }
    },
  );
}
