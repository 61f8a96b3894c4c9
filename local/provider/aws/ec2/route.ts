import { crc32 } from "node:zlib";
import { CreateRouteCommand, DeleteRouteCommand, ReplaceRouteCommand } from "@aws-sdk/client-ec2";
import type { RouteArgs, RouteState } from "@pulumi/aws/ec2/route.js";
import { ProviderError } from "../../core/errors.ts";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { ec2 } from "./ec2.ts";
import {
  checkGateway,
  type Destination,
  describeTable,
  sameDestination,
  targetOf,
  targetRequest,
  textOf,
} from "./routes.ts";

/** The official provider's id: `r-`, the route table, and the checksum of the destination. */
const idOf = (tableId: string, destination: Destination): string => `r-${tableId}${crc32(textOf(destination))}`;

const destinationOf = (inputs: Partial<Plain<RouteArgs>>): Destination => ({
  DestinationCidrBlock: inputs.destinationCidrBlock,
  DestinationIpv6CidrBlock: inputs.destinationIpv6CidrBlock,
  DestinationPrefixListId: inputs.destinationPrefixListId,
});

/** The route that an id stands for: its table is in the id, its destination is the one with the same checksum. */
async function find(call: AwsCall, id: string) {
  const tableId = /^r-(rtb-[0-9a-f]{17})/.exec(id)?.[1];
  if (!tableId) return undefined;
  const route = (await describeTable(call, tableId))?.Routes?.find((one) => idOf(tableId, one) === id);
  return route && { tableId, route };
}

export default resource<Aws, RouteArgs, RouteState>({
  async create(call, inputs) {
    const { routeTableId } = inputs;
    const destination = destinationOf(inputs);
    await checkGateway(call, routeTableId, inputs);
    const table = await describeTable(call, routeTableId);
    if (table?.Routes?.some((route) => sameDestination(route, destination)))
      throw new ProviderError(
        `route table ${routeTableId} already has a route for ${textOf(destination)}; import it, or remove it first`,
      );
    await ec2(call).send(
      new CreateRouteCommand({ RouteTableId: routeTableId, ...destination, ...targetRequest(inputs) }),
    );
    return idOf(routeTableId, destination);
  },

  async complete(call, id) {
    // moto makes a route to nowhere when the target does not exist, where AWS refuses.
    const found = await find(call, id);
    if (found && Object.values(targetOf(found.route)).every((target) => target === undefined))
      throw new ProviderError("the target of the route does not exist");
  },

  async read(call, id) {
    const found = await find(call, id);
    if (!found) return undefined;
    const { route, tableId } = found;
    return {
      routeTableId: tableId,
      destinationCidrBlock: route.DestinationCidrBlock,
      destinationIpv6CidrBlock: route.DestinationIpv6CidrBlock,
      destinationPrefixListId: route.DestinationPrefixListId,
      ...targetOf(route),
      instanceId: route.InstanceId,
      instanceOwnerId: route.InstanceOwnerId,
      origin: route.Origin,
      state: route.State,
    };
  },

  async update(call, _id, { news }) {
    await checkGateway(call, news.routeTableId, news);
    await ec2(call).send(
      new ReplaceRouteCommand({ RouteTableId: news.routeTableId, ...destinationOf(news), ...targetRequest(news) }),
    );
  },

  async delete(call, id) {
    const found = await find(call, id);
    if (!found) return;
    const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = found.route;
    await ec2(call).send(
      new DeleteRouteCommand({
        RouteTableId: found.tableId,
        DestinationCidrBlock,
        DestinationIpv6CidrBlock,
        DestinationPrefixListId,
      }),
    );
  },

  // Imported by table and destination: `rtb-1_0.0.0.0/0`.
  async importedId(_call, name) {
    const [, tableId, destination] = /^(rtb-[0-9a-f]+)_(.+)$/.exec(name) ?? [];
    return tableId ? idOf(tableId, { DestinationCidrBlock: destination }) : name;
  },

  lost: {
    by: ["routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
    async find(call, inputs) {
      const id = idOf(inputs.routeTableId as string, destinationOf(inputs));
      return (await find(call, id)) && id;
    },
  },
});
