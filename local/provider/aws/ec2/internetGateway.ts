import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  DeleteInternetGatewayCommand,
  DescribeInternetGatewaysCommand,
  DetachInternetGatewayCommand,
} from "@aws-sdk/client-ec2";
import type { InternetGatewayArgs, InternetGatewayState } from "@pulumi/aws/ec2/internetGateway.js";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { refuseUsedGateway } from "./dependencies.ts";
import { arn, ec2, fromTags, lostByTag, markCreated, retag, tagsOnCreation } from "./ec2.ts";

async function describe(call: AwsCall, id: string) {
  const { InternetGateways } = await ec2(call).send(new DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] }));
  return InternetGateways?.[0];
}

const attach = (call: AwsCall, id: string, vpcId: string) =>
  ec2(call).send(new AttachInternetGatewayCommand({ InternetGatewayId: id, VpcId: vpcId }));

/** Parts it from whatever it is attached to, which may not be what the state says. */
async function detach(call: AwsCall, id: string): Promise<void> {
  for (const { VpcId } of (await describe(call, id))?.Attachments ?? []) {
    await refuseUsedGateway(call, id, VpcId as string);
    await ec2(call).send(new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId }));
  }
}

export default resource<Aws, InternetGatewayArgs, InternetGatewayState>({
  async create(call, { tags }) {
    const made = await ec2(call).send(
      new CreateInternetGatewayCommand({ TagSpecifications: tagsOnCreation(call, "internet-gateway", tags) }),
    );
    return made.InternetGateway?.InternetGatewayId as string;
  },

  async complete(call, id, { vpcId }) {
    await markCreated(call, id);
    const attached = (await describe(call, id))?.Attachments?.[0]?.VpcId;
    if (vpcId && attached !== vpcId) await attach(call, id, vpcId);
  },

  async read(call, id) {
    const gateway = await describe(call, id);
    return (
      gateway && {
        arn: arn(call, gateway.OwnerId, `internet-gateway/${id}`),
        ownerId: gateway.OwnerId,
        vpcId: gateway.Attachments?.[0]?.VpcId,
        tags: fromTags(gateway.Tags),
      }
    );
  },

  async update(call, id, { news: { vpcId } }) {
    await detach(call, id);
    if (vpcId) await attach(call, id, vpcId);
  },

  retag,

  async delete(call, id) {
    await detach(call, id);
    await ec2(call).send(new DeleteInternetGatewayCommand({ InternetGatewayId: id }));
  },

  lost: lostByTag,
});
