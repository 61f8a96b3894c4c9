import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
  type TargetDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TargetGroupAttachmentArgs, TargetGroupAttachmentState } from "@pulumi/aws/lb/targetGroupAttachment.js";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { lb } from "./lb.ts";

type Known = Partial<Plain<TargetGroupAttachmentArgs>>;

const targetOf = ({ targetId, port, availabilityZone }: Known): TargetDescription => ({
  Id: targetId,
  Port: port,
  AvailabilityZone: availabilityZone,
});

/** True for a target that the group sends requests to, or would if it were well. */
async function isRegistered(call: AwsCall, known: Known): Promise<boolean> {
  const { TargetHealthDescriptions } = await lb(call).send(
    new DescribeTargetHealthCommand({ TargetGroupArn: known.targetGroupArn, Targets: [targetOf(known)] }),
  );
  const { Reason } = TargetHealthDescriptions?.[0]?.TargetHealth ?? { Reason: "Target.NotRegistered" };
  return Reason !== "Target.NotRegistered" && Reason !== "Target.DeregistrationInProgress";
}

export default resource<Aws, TargetGroupAttachmentArgs, TargetGroupAttachmentState>({
  async create(call, inputs) {
    const { targetGroupArn } = inputs;
    await lb(call).send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [targetOf(inputs)] }));
    // The API has no name for a registration: the id only has to differ from others.
    return `${targetGroupArn}-${call.token.replaceAll("-", "").slice(0, 26)}`;
  },

  async read(call, _id, known) {
    // Nothing in the id says which target is meant: one that is only known by its id is not looked for, it goes with its group.
    return known.targetGroupArn && (await isRegistered(call, known)) ? {} : undefined;
  },

  async delete(call, _id, known) {
    if (!(await isRegistered(call, known))) return;
    await lb(call).send(
      new DeregisterTargetsCommand({ TargetGroupArn: known.targetGroupArn, Targets: [targetOf(known)] }),
    );
    await until(call, `${known.targetId} to leave its target group`, async () =>
      (await isRegistered(call, known)) ? undefined : true,
    );
  },
});
