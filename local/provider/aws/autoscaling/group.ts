import { CreateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import type { GroupArgs, GroupState } from "@pulumi/aws/autoscaling/group.js";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { CREATING } from "../creation.ts";
import { nameOf } from "../names.ts";
import { autoscaling, describeGroup } from "./autoscaling.ts";
import { awaitCreated, awaitUpdated } from "./group/capacity.ts";
import { changeGroup } from "./group/change.ts";
import { deleteGroup } from "./group/delete.ts";
import { readGroup } from "./group/read.ts";
import { groupRequest } from "./group/request.ts";
import { checkGroup } from "./group/rules.ts";
import { settings } from "./group/settings.ts";
import { settleSize } from "./group/size.ts";
import { settleTags } from "./group/tags.ts";
import { checkLaunch } from "./group/template.ts";

const sizeOf = ({ desiredCapacity, minSize }: Plain<GroupArgs>): number => desiredCapacity ?? minSize;

export default resource<Aws, GroupArgs, GroupState>({
  check: checkGroup,

  async create(call, inputs) {
    await checkLaunch(call, inputs);
    const AutoScalingGroupName = nameOf(call, inputs);
    await autoscaling(call).send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName,
        ...groupRequest(inputs),
        // Instances are launched one by one below: those that moto launches by itself are not as the template says.
        DesiredCapacity: 0,
        TargetGroupARNs: inputs.targetGroupArns,
        Tags: [{ Key: CREATING, Value: call.token, PropagateAtLaunch: false }],
      }),
    );
    return AutoScalingGroupName;
  },

  async complete(call, name, inputs) {
    const started = new Date();
    await settleTags(call, name, inputs.tags);
    await settings(call, name).start(inputs);
    await settleSize(call, name, sizeOf(inputs));
    await awaitCreated(call, name, inputs, started);
    await settings(call, name).finish(inputs);
  },

  read: readGroup,

  async update(call, name, change) {
    const started = new Date();
    await changeGroup(call, name, change);
    await awaitUpdated(call, name, change, started);
    await settings(call, name).change(change);
  },

  delete: deleteGroup,

  lost: {
    by: ["name", "namePrefix"],
    async find(call, inputs) {
      const name = nameOf(call, inputs);
      const group = await describeGroup(call, name);
      return group?.Tags?.some(({ Key, Value }) => Key === CREATING && Value === call.token) ? name : undefined;
    },
  },
});
