import type {
  AutoScalingClient,
  TerminateInstanceInAutoScalingGroupCommand,
  TerminateInstanceInAutoScalingGroupCommandInput,
} from "@aws-sdk/client-auto-scaling";
import test from "ava";
import type { TargetHealth } from "../../../local/live/balancers/health.ts";
import { Replacing } from "../../../local/live/replacing.ts";
import { account, scalingGroup } from "./stacks.ts";

/** An account that notes which instances it is to replace. */
function replacing() {
  const terminated: TerminateInstanceInAutoScalingGroupCommandInput[] = [];
  const send = async ({ input }: TerminateInstanceInAutoScalingGroupCommand) => void terminated.push(input);
  return { replacing: new Replacing({ send } as unknown as AutoScalingClient), terminated };
}

const target = (id: string, state: TargetHealth["state"]): TargetHealth => ({
  targetGroupArn: "group",
  id,
  port: 80,
  state,
});
const LONG_AGO = { startedAt: 0, isDead: false };
const another = (id: string) => ({ InstanceId: id, ShouldDecrementDesiredCapacity: false });

test("a machine that died and one that is not healthy are replaced, each once", async (t) => {
  const { replacing: groups, terminated } = replacing();
  const held = account({ scalingGroups: [scalingGroup(["i-dead", "i-sick", "i-well"])] });
  const health = [target("i-sick", "unhealthy"), target("i-well", "healthy")];
  const machines = new Map([
    ["i-dead", { startedAt: 0, isDead: true }],
    ["i-sick", LONG_AGO],
    ["i-well", LONG_AGO],
  ]);
  await groups.look(held, health, machines);
  await groups.look(held, health, machines);
  t.deepEqual(terminated, [another("i-dead"), another("i-sick")]);
});

test("a machine that has not been started yet is neither dead nor beyond its grace period", async (t) => {
  const { replacing: groups, terminated } = replacing();
  const held = account({ scalingGroups: [scalingGroup(["i-new"], { gracePeriodSeconds: 300 })] });
  await groups.look(held, [target("i-new", "unhealthy")], new Map());
  t.deepEqual(terminated, []);
});

test("a machine of no group is nobody's to replace", async (t) => {
  const { replacing: groups, terminated } = replacing();
  await groups.look(account(), [target("i-1", "unhealthy")], new Map([["i-1", { startedAt: 0, isDead: true }]]));
  t.deepEqual(terminated, []);
});
