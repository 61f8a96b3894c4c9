import { isPublic, natsOf, zonesOf } from "../../policy/graph/places.ts";
import type { Resource } from "../../policy/model/resource.ts";
import { TYPES } from "../../policy/model/types.ts";
import type { Place } from "./picture.ts";
import { told } from "./scene.ts";
import { counted } from "./words.ts";

/** A kind of subnets within a network, and the network itself. */
export interface Compartment {
  readonly place: Place;
  readonly network: Place;
  /** The zones of all subnets of the network. */
  readonly columns: readonly string[];
}

/** Where subnets are: what is in several kinds of them counts as in the first. */
export function compartmentOf(subnets: readonly Resource[]): Compartment | undefined {
  const [first] = subnets;
  const vpc = first?.references("vpcId", TYPES.vpc)[0];
  if (first === undefined || vpc === undefined) return undefined;
  const all = vpc.usedBy(TYPES.subnet, "vpcId");
  const kind = kindOf(first);
  const alike = all.filter((subnet) => kindOf(subnet) === kind);
  const cidr = told(() => vpc.text("cidrBlock"), undefined);
  const network = { id: vpc.urn, title: `Network ${vpc.name}${cidr === undefined ? "" : ` · ${cidr}`}` };
  return {
    network,
    place: { id: `${vpc.urn} ${kind}`, title: titleOf(kind, alike), within: vpc.urn },
    columns: told(() => zonesOf(all), []),
  };
}

type Kind = "public" | "private" | "closed";

function kindOf(subnet: Resource): Kind {
  if (told(() => isPublic(subnet), false)) return "public";
  return hasRoutes(subnet) ? "private" : "closed";
}

function hasRoutes(subnet: Resource): boolean {
  const tables = subnet
    .usedBy(TYPES.routeTableAssociation, "subnetId")
    .flatMap((association) => association.references("routeTableId", TYPES.routeTable));
  // Subnets that name no table have the main one of the network, of which a plan says nothing.
  return (
    tables.length === 0 ||
    tables.some((table) => table.isSet("routes") || table.usedBy(TYPES.route, "routeTableId").length > 0)
  );
}

function titleOf(kind: Kind, subnets: readonly Resource[]): string {
  if (kind === "public") return "Public subnets";
  if (kind === "closed") return "Private subnets, no way out";
  const nats = new Set(subnets.flatMap((subnet) => told(() => natsOf(subnet), [])));
  return nats.size === 0 ? "Private subnets" : `Private subnets, out by ${counted(nats.size, "NAT gateway")}`;
}
