import {
  CreateRouteCommand,
  CreateRouteTableCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  ReplaceRouteCommand,
  type Route,
} from "@aws-sdk/client-ec2";
import type { RouteTableArgs, RouteTableState } from "@pulumi/aws/ec2/routeTable.js";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { arn, ec2, fromTags, lostByTag, markCreated, retag, tagsOnCreation } from "./ec2.ts";
import {
  checkGateway,
  type Destination,
  describeTable,
  sameDestination,
  type Target,
  targetOf,
  targetRequest,
} from "./routes.ts";

type InlineRoute = NonNullable<Plain<RouteTableArgs>["routes"]>[number];

const destinationOf = (route: InlineRoute): Destination => ({
  DestinationCidrBlock: route.cidrBlock,
  DestinationIpv6CidrBlock: route.ipv6CidrBlock,
  DestinationPrefixListId: route.destinationPrefixListId,
});

const sameTarget = (a: Target, b: Target): boolean =>
  JSON.stringify(targetRequest(a)) === JSON.stringify(targetRequest(b));

/** Routes that a program can have made: not the local ones, none that a gateway has propagated, none of an endpoint's. */
async function ownRoutes(call: AwsCall, id: string): Promise<Route[]> {
  const table = await describeTable(call, id);
  return (table?.Routes ?? []).filter(
    ({ Origin, GatewayId }) => Origin === "CreateRoute" && !GatewayId?.startsWith("vpce-"),
  );
}

/** Brings the routes of a table to what the program lists: what it does not list goes. */
async function settleRoutes(call: AwsCall, RouteTableId: string, wanted: readonly InlineRoute[]): Promise<void> {
  const present = await ownRoutes(call, RouteTableId);
  for (const route of present) {
    if (wanted.some((one) => sameDestination(destinationOf(one), route))) continue;
    const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = route;
    await ec2(call).send(
      new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId }),
    );
  }
  for (const route of wanted) {
    const destination = destinationOf(route);
    const old = present.find((one) => sameDestination(one, destination));
    if (old && sameTarget(targetOf(old), route)) continue;
    await checkGateway(call, RouteTableId, route);
    const request = { RouteTableId, ...destination, ...targetRequest(route) };
    await ec2(call).send(old ? new ReplaceRouteCommand(request) : new CreateRouteCommand(request));
  }
}

export default resource<Aws, RouteTableArgs, RouteTableState>({
  async create(call, { vpcId, tags }) {
    const made = await ec2(call).send(
      new CreateRouteTableCommand({ VpcId: vpcId, TagSpecifications: tagsOnCreation(call, "route-table", tags) }),
    );
    return made.RouteTable?.RouteTableId as string;
  },

  async complete(call, id, { routes }) {
    await markCreated(call, id);
    if (routes) await settleRoutes(call, id, routes);
  },

  async read(call, id) {
    const table = await describeTable(call, id);
    return (
      table && {
        arn: arn(call, table.OwnerId, `route-table/${id}`),
        ownerId: table.OwnerId,
        vpcId: table.VpcId,
        propagatingVgws: (table.PropagatingVgws ?? []).map(({ GatewayId = "" }) => GatewayId),
        routes: (await ownRoutes(call, id)).map((route) => ({
          cidrBlock: route.DestinationCidrBlock,
          ipv6CidrBlock: route.DestinationIpv6CidrBlock,
          destinationPrefixListId: route.DestinationPrefixListId,
          ...targetOf(route),
        })),
        tags: fromTags(table.Tags),
      }
    );
  },

  async update(call, id, { news }) {
    await settleRoutes(call, id, news.routes ?? []);
  },

  retag,

  async delete(call, id) {
    await ec2(call).send(new DeleteRouteTableCommand({ RouteTableId: id }));
  },

  lost: lostByTag,
});
