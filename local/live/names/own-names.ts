import { AWS } from "../network/addresses.ts";
import { plain } from "./answers.ts";
import type { OwnAddress } from "./view.ts";

/** What AWS runs and names itself, as far as its addresses depend on where one asks. */
export interface Named {
  readonly region: string;
  readonly balancers: readonly {
    readonly dnsName: string;
    readonly address: string;
    readonly publicAddress?: string | undefined;
    /** Whether it has a target that is healthy. */
    readonly healthy: boolean;
  }[];
  readonly databases: readonly {
    readonly host: string;
    readonly address: string;
    readonly publicAddress?: string | undefined;
  }[];
  /** Interface endpoints with private DNS. */
  readonly endpoints: readonly { readonly service: string; readonly address: string }[];
  /** Further hosts that are where AWS's endpoints are. */
  readonly hosts: readonly string[];
}

/** As the internet sees it: what has no public address is not there. */
export function namesOnTheInternet(named: Named): ReadonlyMap<string, readonly OwnAddress[]> {
  const { balancers, databases } = named;
  return grouped([
    ...endpointsOf(named),
    ...balancers.map(({ dnsName, address, publicAddress, healthy }) => at(dnsName, publicAddress ?? address, healthy)),
    ...databases.flatMap(({ host, publicAddress }) => (publicAddress === undefined ? [] : [at(host, publicAddress)])),
  ]);
}

/** As a network sees it: databases by their private addresses, and AWS's endpoints within it where it has them. */
export function namesInTheNetwork(named: Named): ReadonlyMap<string, readonly OwnAddress[]> {
  const { region, balancers, databases, endpoints } = named;
  const within = endpoints.map(({ service, address }) => at(`${service}.${region}.amazonaws.com`, address));
  const hidden = new Set(within.map(([name]) => name));
  return grouped([
    ...endpointsOf(named).filter(([name]) => !hidden.has(name)),
    ...within,
    ...balancers.map(({ dnsName, address, publicAddress, healthy }) => at(dnsName, publicAddress ?? address, healthy)),
    ...databases.map(({ host, address }) => at(host, address)),
  ]);
}

/**
 * AWS's endpoints on the internet. A wildcard answers for what has no other name below the same parent (RFC 4592), so there is one for each parent that
 * has: load balancers and databases are within the same domain.
 */
function endpointsOf({ region, hosts }: Named): [string, OwnAddress][] {
  const regional = `${region}.amazonaws.com`;
  const s3 = [`s3.${regional}`, "s3.amazonaws.com", `s3.dualstack.${regional}`];
  const others = ["amazonaws.com", regional, "rds.amazonaws.com", "pki.rds.amazonaws.com"];
  return [
    ...s3.flatMap((name) => [at(name, AWS.s3), at(`*.${name}`, AWS.s3)]),
    ...others.map((parent) => at(`*.${parent}`, AWS.other)),
    ...hosts.map((host) => at(host, AWS.other)),
  ];
}

const at = (name: string, address: string, healthy = true): [string, OwnAddress] => [plain(name), { address, healthy }];

function grouped(all: readonly (readonly [string, OwnAddress])[]): ReadonlyMap<string, readonly OwnAddress[]> {
  const groups = Map.groupBy(all, ([name]) => name);
  return new Map([...groups].map(([name, entries]) => [name, entries.map(([, address]) => address)]));
}
