import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { nextSteps } from "../../../local/stack/next-steps.ts";
import type { Environment } from "../../../local/stack/project.ts";

function stepsWith(t: ExecutionContext, outputs: object): string[] {
  const root = mkdtempSync(join(tmpdir(), "webstack-next-"));
  t.teardown(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, "outputs.json"), JSON.stringify(outputs));
  return nextSteps({ name: "production", root, outputs: join(root, "outputs.json") } as Environment);
}

test("after an update one is told what to look at first among the outputs", (t) => {
  t.deepEqual(stepsWith(t, { url: "https://example.com", review: {}, monitoring: {} }), [
    "Next: change Pulumi.production.yaml and run `make preview ENV=production` to see what that would do,",
    "      read the outputs in outputs.json (`review` says what is sound and what is not, `monitoring` says what is watched) and the state beside it,",
    "      or take everything down again with `make destroy ENV=production`.",
  ]);
});

test("outputs that a stack does not have are not told of", (t) => {
  t.is(
    stepsWith(t, { url: "http://example.com" })[1],
    "      read the outputs in outputs.json and the state beside it,",
  );
});
