import {
  AssociateRouteTableCommand,
  DescribeRouteTablesCommand,
  DisassociateRouteTableCommand,
  ReplaceRouteTableAssociationCommand,
} from "@aws-sdk/client-ec2";
import type { RouteTableAssociationArgs, RouteTableAssociationState } from "@pulumi/aws/ec2/routeTableAssociation.js";
import { ProviderError } from "../../core/errors.ts";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { ec2 } from "./ec2.ts";

type Ends = Partial<Plain<RouteTableAssociationArgs>>;

/** All explicit associations; an account has few, and the API finds none by gateway. */
async function associations(call: AwsCall) {
  const { RouteTables = [] } = await ec2(call).send(new DescribeRouteTablesCommand({}));
  return RouteTables.flatMap(({ Associations = [] }) => Associations).filter(({ Main }) => !Main);
}

/** By its id, or by what it joins: AWS gives it a new id when its route table changes, the engine cannot. */
async function find(call: AwsCall, id: string, ends: Ends) {
  const all = await associations(call);
  return (
    all.find((one) => one.RouteTableAssociationId === id) ??
    all.find((one) => one.RouteTableId === ends.routeTableId && joins(one, ends))
  );
}

const joins = (one: { SubnetId?: string; GatewayId?: string }, { subnetId, gatewayId }: Ends): boolean =>
  (subnetId !== undefined && one.SubnetId === subnetId) || (gatewayId !== undefined && one.GatewayId === gatewayId);

export default resource<Aws, RouteTableAssociationArgs, RouteTableAssociationState>({
  async create(call, { routeTableId, subnetId, gatewayId }) {
    // AWS refuses a second association; moto answers with the first one, whatever its route table.
    const taken = (await associations(call)).find((one) => joins(one, { subnetId, gatewayId }));
    if (taken)
      throw new ProviderError(
        `${subnetId ?? gatewayId} is already associated with route table ${taken.RouteTableId} (${taken.RouteTableAssociationId}), and it can have only one; remove that association first`,
      );
    const made = await ec2(call).send(
      new AssociateRouteTableCommand({ RouteTableId: routeTableId, SubnetId: subnetId, GatewayId: gatewayId }),
    );
    return made.AssociationId as string;
  },

  async read(call, id, known) {
    const found = await find(call, id, known);
    return found && { routeTableId: found.RouteTableId, subnetId: found.SubnetId, gatewayId: found.GatewayId };
  },

  async update(call, id, { olds, news }) {
    const found = await find(call, id, olds);
    await ec2(call).send(
      new ReplaceRouteTableAssociationCommand({
        AssociationId: found?.RouteTableAssociationId ?? id,
        RouteTableId: news.routeTableId,
      }),
    );
  },

  async delete(call, id, state) {
    const found = await find(call, id, state);
    if (found)
      await ec2(call).send(new DisassociateRouteTableCommand({ AssociationId: found.RouteTableAssociationId }));
  },

  // Imported by what it joins: `subnet-1/rtb-2`, `igw-1/rtb-2`.
  async importedId(call, name) {
    const [end, routeTableId] = name.split("/");
    if (!routeTableId) return name;
    const found = await find(call, name, { routeTableId, subnetId: end, gatewayId: end } as Ends);
    return found?.RouteTableAssociationId ?? name;
  },

  lost: {
    by: ["routeTableId", "subnetId", "gatewayId"],
    find: async (call, inputs) => (await find(call, "", inputs))?.RouteTableAssociationId,
  },
});
