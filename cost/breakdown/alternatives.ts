import type { Value } from "../../plan/values.ts";
import { type Graph, propertyOf, type Resource } from "../resource.ts";

/** A stack without something. */
export interface Without {
  readonly decision: string;
  readonly urn: string | undefined;
  readonly instead: string;
  /** Resources that would be different, or not there. */
  readonly replaced: readonly (readonly [now: Resource, instead: Resource | undefined])[];
}

type Alternative = (resources: readonly Resource[], graph: Graph) => readonly Without[];

const NAT = "aws:ec2/natGateway:NatGateway";
const ADDRESS = "aws:ec2/eip:Eip";
const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";
const DATABASE = "aws:rds/instance:Instance";
const GROUP = "aws:autoscaling/group:Group";

/** All NAT gateways of a network but one. */
const natPerZone: Alternative = (resources, graph) => {
  const networks = new Map<string, Resource[]>();
  for (const nat of ofType(resources, NAT)) {
    const key = networkOf(nat, graph);
    networks.set(key, [...(networks.get(key) ?? []), nat]);
  }
  const more = [...networks.values()].flatMap(([, ...others]) => others);
  if (more.length === 0) return [];
  const gone = more.flatMap((nat) => [nat, ...graph.behind(nat, "allocationId", ADDRESS)]);
  return [
    { decision: "NAT per zone", urn: undefined, instead: "one NAT gateway for each network", replaced: none(gone) },
  ];
};

function networkOf(nat: Resource, graph: Graph): string {
  const [subnet] = graph.behind(nat, "subnetId", SUBNET);
  const [vpc] = subnet ? graph.behind(subnet, "vpcId", VPC) : [];
  return vpc?.urn ?? nat.region ?? "";
}

const multiAz: Alternative = (resources) =>
  ofType(resources, DATABASE)
    .filter((database) => propertyOf(database, "multiAz") === true)
    .map((database) => ({
      decision: "Multi-AZ",
      urn: database.urn,
      instead: "one instance in one zone",
      replaced: [[database, changed(database, { multiAz: false })]],
    }));

const replicas: Alternative = (resources) =>
  ofType(resources, DATABASE)
    .filter((database) => propertyOf(database, "replicateSourceDb") !== undefined)
    .map((replica) => ({ decision: "read replica", urn: replica.urn, instead: "none", replaced: none([replica]) }));

const firewall: Alternative = (resources) =>
  ofType(resources, "aws:wafv2/webAcl:WebAcl").map((acl) => ({
    decision: "web application firewall",
    urn: acl.urn,
    instead: "none",
    replaced: none([acl]),
  }));

const endpoints: Alternative = (resources) => {
  const interfaces = ofType(resources, "aws:ec2/vpcEndpoint:VpcEndpoint").filter(
    (endpoint) => propertyOf(endpoint, "vpcEndpointType") === "Interface",
  );
  if (interfaces.length === 0) return [];
  return [{ decision: "interface endpoints", urn: undefined, instead: "the NAT gateway", replaced: none(interfaces) }];
};

const secondInstances: Alternative = (resources) =>
  ofType(resources, GROUP).flatMap((group) => {
    const size = propertyOf(group, "desiredCapacity") ?? propertyOf(group, "minSize");
    if (typeof size !== "number" || size < 2) return [];
    const one = changed(group, { desiredCapacity: 1, minSize: 1 });
    return [
      { decision: `${size} instances`, urn: group.urn, instead: "one instance", replaced: [[group, one]] as const },
    ];
  });

/** Each is found by what AWS calls it, so in any program. */
export const ALTERNATIVES: readonly Alternative[] = [
  natPerZone,
  multiAz,
  replicas,
  secondInstances,
  firewall,
  endpoints,
];

const ofType = (resources: readonly Resource[], type: string) => resources.filter((one) => one.type === type);

const none = (gone: readonly Resource[]) => gone.map((resource) => [resource, undefined] as const);

const changed = (resource: Resource, inputs: Readonly<Record<string, Value>>): Resource => ({
  ...resource,
  inputs: { ...resource.inputs, ...inputs },
});
