import {
  CreateEgressOnlyInternetGatewayCommand,
  DeleteEgressOnlyInternetGatewayCommand,
  DescribeEgressOnlyInternetGatewaysCommand,
} from "@aws-sdk/client-ec2";
import type {
  EgressOnlyInternetGatewayArgs,
  EgressOnlyInternetGatewayState,
} from "@pulumi/aws/ec2/egressOnlyInternetGateway.js";
import { resource } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { ec2, fromTags, lostByTag, markCreated, retag, tagsOnCreation } from "./ec2.ts";

export default resource<Aws, EgressOnlyInternetGatewayArgs, EgressOnlyInternetGatewayState>({
  async create(call, { vpcId, tags }) {
    const made = await ec2(call).send(
      new CreateEgressOnlyInternetGatewayCommand({
        VpcId: vpcId,
        TagSpecifications: tagsOnCreation(call, "egress-only-internet-gateway", tags),
      }),
    );
    return made.EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId as string;
  },

  complete: markCreated,

  async read(call, id) {
    const { EgressOnlyInternetGateways } = await ec2(call).send(
      new DescribeEgressOnlyInternetGatewaysCommand({ EgressOnlyInternetGatewayIds: [id] }),
    );
    const gateway = EgressOnlyInternetGateways?.[0];
    return gateway && { vpcId: gateway.Attachments?.[0]?.VpcId, tags: fromTags(gateway.Tags) };
  },

  retag,

  async delete(call, id) {
    await ec2(call).send(new DeleteEgressOnlyInternetGatewayCommand({ EgressOnlyInternetGatewayId: id }));
  },

  lost: lostByTag,
});
