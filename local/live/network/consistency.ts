import { isIPv4 } from "node:net";
import { contains } from "./addresses.ts";
import { ownAddresses } from "./links.ts";
import type { Interface, NetworkPlan } from "./plan.ts";

/** Namespaces of a run that belong to no interface. */
const TAKEN = ["fabric", "outside"];

/** Networks whose addresses nobody on the internet has: private ones, loopback and link-local ones. Source: RFC 6890. */
const NOT_PUBLIC = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16"];

/** Refuses a plan that no network can be made of. */
export function demandConsistency(plan: NetworkPlan): void {
  const faults = plan.interfaces.map((each) => faultOf(each, plan)).filter((fault) => fault !== undefined);
  if (faults.length > 0) throw new Error(`The network cannot be made: ${faults.join("; ")}.`);
}

function faultOf(each: Interface, plan: NetworkPlan): string | undefined {
  const { name, address, publicAddress } = each;
  const subnet = plan.subnets.find(({ id }) => id === each.subnetId);
  const group = each.securityGroupIds.find((id) => plan.securityGroups.every((known) => known.id !== id));
  const others = plan.interfaces.slice(0, plan.interfaces.indexOf(each));
  if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(name) || TAKEN.includes(name)) {
    return `interface ${JSON.stringify(name)} needs a name of letters, digits and dashes other than ${TAKEN.join(" and ")}`;
  }
  if (others.some((other) => other.name === name)) return `interface ${name} is there twice`;
  if (subnet === undefined) return `interface ${name} is in subnet ${each.subnetId}, which is not there`;
  if (!isIPv4(address) || !contains(subnet.cidr, address)) {
    return `interface ${name} has the address ${address}, which is outside its subnet's ${subnet.cidr}`;
  }
  if (ownAddresses(plan).includes(address)) {
    return `interface ${name} has the address ${address}, which is the router's or the DNS server's`;
  }
  // One router carries all networks, so an address is one interface's also where two networks have the same addresses.
  const twin = others.find((other) => other.address === address);
  if (twin) return `interfaces ${twin.name} and ${name} have the same address, ${address}`;
  if (group !== undefined) return `interface ${name} is in security group ${group}, which is not there`;
  if (publicAddress === undefined) return undefined;
  if (!isIPv4(publicAddress) || NOT_PUBLIC.some((cidr) => contains(cidr, publicAddress))) {
    return `interface ${name} has the public address ${publicAddress}, which no one on the internet can have`;
  }
  const sharer = others.find((other) => other.publicAddress === publicAddress);
  return sharer && `interfaces ${sharer.name} and ${name} have the same public address, ${publicAddress}`;
}
