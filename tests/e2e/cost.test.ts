/**
 * What the stacks of this project cost, by previews of the real engine. The golden files were checked line by line by hand: each quantity against
 * the settings, each unit price against its source, each amount by multiplying, each sum by adding up.
 */
import { cpSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Writable } from "node:stream";
import test, { type ExecutionContext } from "ava";
import { stringify } from "yaml";
import { previewCost } from "../../cost/preview-cost.ts";
import { openCloud } from "../../local/cloud/cloud.ts";
import { operation } from "../../local/stack/operation.ts";
import { findEnvironment } from "../../local/stack/project.ts";
import { askPulumi } from "../../local/stack/pulumi.ts";
import { engineVariables } from "../../local/stack/variables.ts";
import { golden } from "../cost/golden.ts";
import { bytes } from "../plan/documents.ts";
import { World } from "./world.ts";

const DATE = new Date("2026-11-24T00:00:00Z");

/** A world with the environments as they are committed. */
function world(t: ExecutionContext): World {
  const made = World.with(t, {});
  for (const name of ["dev", "staging", "production"]) {
    const file = `Pulumi.${name}.yaml`;
    cpSync(file, path.join(made.root, file));
  }
  return made;
}

async function previewed({ root, localDir }: World, environment: string): Promise<string> {
  let said = "";
  const output = new Writable({
    write(chunk, _encoding, done) {
      said += chunk;
      done();
    },
  });
  const parameters = ["--json", "--show-sames"];
  await operation({ verb: "preview", environment, root, localDir, parameters, output });
  // `output` takes what is said to a person, too.
  return said.slice(said.indexOf("{"), said.lastIndexOf("}") + 1);
}

async function prices(t: ExecutionContext, name: string, preview: string) {
  const { text, estimate } = await previewCost(bytes(preview), { format: "markdown", date: DATE });
  golden(t, name, text);
  return estimate;
}

test("each environment from nothing", async (t) => {
  const made = world(t);
  for (const name of ["dev", "staging", "production"]) {
    const { total, notices } = await prices(t, `empty-to-${name}.md`, await previewed(made, name));
    t.is(total.before.fixed, 0);
    t.deepEqual(notices, []);
  }
});

test("a staging stack that gets another replica, larger machines, the architecture of production, and is destroyed", async (t) => {
  const made = world(t);
  const set = (settings: Record<string, unknown>) => {
    const keys = Object.entries(settings).map(([key, value]) => [`webstack:${key}`, value]);
    const config = { "webstack:domain": "staging.example.com", ...Object.fromEntries(keys) };
    writeFileSync(path.join(made.root, "Pulumi.staging.yaml"), stringify({ config }));
  };
  await made.succeed("up", "staging");

  const same = await prices(t, "staging-unchanged.md", await previewed(made, "staging"));
  t.is(same.total.difference.fixed, 0);

  set({ architecture: "distributed", database: { replicas: 2 } });
  await prices(t, "staging-one-more-replica.md", await previewed(made, "staging"));

  set({ architecture: "distributed", web: { instanceType: "m7g.large" } });
  await prices(t, "staging-larger-web-servers.md", await previewed(made, "staging"));

  set({ architecture: "secured", monitoring: { emails: ["operations@example.com"] } });
  await prices(t, "staging-to-production.md", await previewed(made, "staging"));

  const destroyed = await prices(t, "staging-destroyed.md", await destruction(made));
  t.deepEqual([destroyed.total.after.fixed, destroyed.lines], [0, 0]);
});

/** What `pulumi destroy` would do. */
async function destruction({ root, localDir }: World): Promise<string> {
  const environment = findEnvironment(root, "staging", localDir);
  const variables = engineVariables(environment, await openCloud({ localDir, say: () => undefined }), "local");
  const parameters = [
    "--preview-only",
    "--json",
    "--stack",
    "staging",
    "-C",
    root,
    "--config-file",
    environment.stackFile,
  ];
  return await askPulumi(["destroy", ...parameters], variables);
}
