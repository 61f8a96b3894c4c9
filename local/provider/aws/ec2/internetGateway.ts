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
import { ec2, fromTags, lostByTag, markCreated, retag, tagsOnCreation } from "./ec2.ts";

const attach = (call: AwsCall, id: string, vpcId: string) =>
  ec2(call).send(new AttachInternetGatewayCommand({ InternetGatewayId: id, VpcId: vpcId }));

const detach = (call: AwsCall, id: string, vpcId: string) =>
  ec2(call).send(new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId: vpcId }));

export default resource<Aws, InternetGatewayArgs, InternetGatewayState>({
  async create(call, { tags }) {
    const made = await ec2(call).send(
      new CreateInternetGatewayCommand({ TagSpecifications: tagsOnCreation(call, "internet-gateway", tags) }),
    );
    return made.InternetGateway?.InternetGatewayId as string;
  },

  async complete(call, id, { vpcId }) {
    await markCreated(call, id);
    if (vpcId) await attach(call, id, vpcId);
  },

  async read(call, id) {
    const { InternetGateways } = await ec2(call).send(
      new DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] }),
    );
    const gateway = InternetGateways?.[0];
    return (
      gateway && {
        arn: `arn:aws:ec2:${call.region ?? call.context.settings.region}:${gateway.OwnerId}:internet-gateway/${id}`,
        ownerId: gateway.OwnerId,
        vpcId: gateway.Attachments?.[0]?.VpcId,
        tags: fromTags(gateway.Tags),
      }
    );
  },

  async update(call, id, { olds, news }) {
    if (olds.vpcId) await detach(call, id, olds.vpcId);
    if (news.vpcId) await attach(call, id, news.vpcId);
  },

  retag,

  async delete(call, id, { vpcId }) {
    if (vpcId) await detach(call, id, vpcId);
    await ec2(call).send(new DeleteInternetGatewayCommand({ InternetGatewayId: id }));
  },

  lost: lostByTag,
});
