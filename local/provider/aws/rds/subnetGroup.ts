import { DescribeSubnetsCommand, type Subnet } from "@aws-sdk/client-ec2";
import {
  CreateDBSubnetGroupCommand,
  DeleteDBSubnetGroupCommand,
  ListTagsForResourceCommand,
  ModifyDBSubnetGroupCommand,
} from "@aws-sdk/client-rds";
import type { SubnetGroupArgs, SubnetGroupState } from "@pulumi/aws/rds/subnetGroup.js";
import { ProviderError } from "../../core/errors.ts";
import { resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { ec2 } from "../ec2/ec2.ts";
import { nameOf } from "../names.ts";
import {
  findSubnetGroup,
  fromTags,
  instances,
  isOfCreation,
  markCreated,
  rds,
  retagByArn,
  tagsOnCreation,
} from "./rds.ts";

async function subnetsOf(call: AwsCall, ids: readonly string[]): Promise<Subnet[]> {
  return (await ec2(call).send(new DescribeSubnetsCommand({ SubnetIds: [...ids] }))).Subnets ?? [];
}

/** What AWS refuses and the emulated API accepts. `home` is the VPC of a group that exists. */
async function checkSubnets(call: AwsCall, ids: readonly string[], home?: string): Promise<void> {
  const subnets = await subnetsOf(call, ids);
  const networks = [...new Set(subnets.map(({ VpcId }) => VpcId))];
  if (networks.length > 1)
    throw new ProviderError(
      `subnetIds must be of one VPC, got subnets of ${networks.join(", ")}; leave those of the other VPC out`,
    );
  if (home && networks[0] !== home)
    throw new ProviderError(
      `subnetIds must stay in the VPC of the group, ${home}, got subnets of ${networks[0]}; make another group for the other VPC`,
    );
  const zones = [...new Set(subnets.map(({ AvailabilityZone }) => AvailabilityZone))];
  if (zones.length < 2)
    throw new ProviderError(
      `subnetIds must cover at least 2 availability zones, got ${zones.join(", ")} only; add a subnet in another zone`,
    );
}

export default resource<Aws, SubnetGroupArgs, SubnetGroupState>({
  async create(call, inputs) {
    const name = nameOf(call, inputs);
    await checkSubnets(call, inputs.subnetIds);
    if (await findSubnetGroup(call, name))
      throw new ProviderError(`a subnet group ${name} exists already; choose another name, or import it`);
    const { DBSubnetGroup } = await rds(call).send(
      new CreateDBSubnetGroupCommand({
        DBSubnetGroupName: name,
        DBSubnetGroupDescription: inputs.description,
        SubnetIds: inputs.subnetIds,
        Tags: tagsOnCreation(call, inputs.tags),
      }),
    );
    return DBSubnetGroup?.DBSubnetGroupName as string;
  },

  async complete(call, id) {
    await markCreated(call, (await findSubnetGroup(call, id))?.DBSubnetGroupArn);
  },

  async read(call, id) {
    const found = await findSubnetGroup(call, id);
    if (!found) return undefined;
    const ids = (found.Subnets ?? []).map(({ SubnetIdentifier = "" }) => SubnetIdentifier);
    const [{ TagList }, subnets] = await Promise.all([
      rds(call).send(new ListTagsForResourceCommand({ ResourceName: found.DBSubnetGroupArn })),
      subnetsOf(call, ids),
    ]);
    return {
      arn: found.DBSubnetGroupArn,
      description: found.DBSubnetGroupDescription,
      name: found.DBSubnetGroupName,
      subnetIds: ids,
      supportedNetworkTypes: networkTypes(subnets),
      tags: fromTags(TagList),
      vpcId: found.VpcId,
    };
  },

  async update(call, id, { olds, news }) {
    await checkSubnets(call, news.subnetIds, olds.vpcId);
    await rds(call).send(
      new ModifyDBSubnetGroupCommand({
        DBSubnetGroupName: id,
        DBSubnetGroupDescription: news.description,
        SubnetIds: news.subnetIds,
      }),
    );
  },

  async retag(call, id, tags) {
    await retagByArn(call, (await findSubnetGroup(call, id))?.DBSubnetGroupArn, tags);
  },

  async delete(call, id) {
    for await (const { DBInstanceIdentifier, DBSubnetGroup } of instances(call))
      if (DBSubnetGroup?.DBSubnetGroupName === id)
        throw new ProviderError(
          `the subnet group ${id} cannot be deleted, because the database ${DBInstanceIdentifier} is in it; delete the database first`,
        );
    await rds(call).send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: id }));
    await until(call, `subnet group ${id} to be deleted`, async () =>
      (await findSubnetGroup(call, id)) ? undefined : true,
    );
  },

  lost: {
    by: ["name", "namePrefix"],
    async find(call, inputs) {
      const found = await findSubnetGroup(call, nameOf(call, inputs));
      if (!found) return undefined;
      const { TagList } = await rds(call).send(
        new ListTagsForResourceCommand({ ResourceName: found.DBSubnetGroupArn }),
      );
      return isOfCreation(call, TagList) ? found.DBSubnetGroupName : undefined;
    },
  },
});

/** AWS derives them from the subnets; the emulated API does not tell. */
function networkTypes(subnets: readonly Subnet[]): string[] {
  const dual = subnets.every(({ Ipv6CidrBlockAssociationSet = [] }) => Ipv6CidrBlockAssociationSet.length > 0);
  return dual && subnets.length > 0 ? ["DUAL", "IPV4"] : ["IPV4"];
}
