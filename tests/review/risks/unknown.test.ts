import test from "ava";
import { isHarmless } from "../../../review/risks/harmless.ts";
import { INTERRUPTIONS } from "../../../review/risks/interruptions.ts";
import { LOSSES } from "../../../review/risks/losses.ts";
import { preview, read, step } from "../../plan/documents.ts";
import { workplace } from "../../stacks/support.ts";
import { judge, production } from "../plans.ts";
import { deleted, told } from "./support.ts";

const WORKPLACE = workplace();
const UNKNOWN = "What this type holds is not known here: read what AWS or its provider says of its deletion.";

for (const type of [
  "aws:gamelift/fleet:Fleet",
  "azure-native:storage:StorageAccount",
  "pulumi-nodejs:dynamic:Resource",
]) {
  test(`of a ${type} nobody says that nothing is lost`, (t) => {
    t.deepEqual(told(deleted(type)), [`unknown: it is deleted (): ${UNKNOWN}`]);
    const it = { type, name: "it" };
    t.deepEqual(told(step("replace", { before: it, after: it, replaceReasons: ["name"] })), [
      `unknown: it is replaced (name): ${UNKNOWN}`,
    ]);
    t.deepEqual(told(deleted(type, {}, { retainOnDelete: true })), [], "it stays in the account");
    t.deepEqual(told(step("update", { before: it, after: it, diffReasons: ["name"] })), [], "it stays");
  });
}

test("the verdict counts what is not known, and only the strictest gate refuses it", async (t) => {
  const plan = read(preview([deleted("aws:gamelift/fleet:Fleet")]));
  const gates = { policy: "never", budget: "never", risk: "loss" } as const;
  const { verdict } = await judge(plan, { gates });
  t.deepEqual([verdict.risk, verdict.refusedBy], ["1 resource of which nobody has said what goes with it", []]);
  const strict = await judge(plan, { gates: { ...gates, risk: "interruption" } });
  t.deepEqual(strict.verdict.refusedBy, ["risk"]);
});

test("what only says, joins or lets in is harmless, and so is no component", (t) => {
  for (const type of [
    "aws:iam/role:Role",
    "aws:sqs/queuePolicy:QueuePolicy",
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "aws:lambda/permission:Permission",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "random:index/randomId:RandomId",
  ]) {
    t.deepEqual(told(deleted(type)), [], type);
  }
  t.deepEqual(told(deleted("shop:index:Site", {}, { custom: false })), []);
});

test("every type of the production stack is known", async (t) => {
  const { seen } = await production(WORKPLACE);
  const types = new Set(seen.filter(({ custom }) => custom).map(({ type }) => type));
  t.deepEqual(
    [...types].filter((type) => !(type in LOSSES) && !(type in INTERRUPTIONS) && !isHarmless(type)),
    [],
  );
});
