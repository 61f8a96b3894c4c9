import test from "ava";
import { distributed } from "../../stacks/distributed.ts";
import { parseSettings } from "../../stacks/settings.ts";
import { simple } from "../../stacks/simple.ts";
import { PLACE, type Registration, record } from "../record.ts";
import { workplace } from "./support.ts";

const WORKPLACE = workplace();

/** What tells the engine that a resource is the same one as before. */
const identity = ({ type, name, parent }: Registration) => `${parent ?? ""} > ${name}: ${type}`;

async function grown() {
  const before = await record(() => {
    const settings = parseSettings({ domain: "example.com" }, PLACE);
    if (settings.architecture !== "simple") throw new Error("not simple");
    return simple(settings, WORKPLACE);
  });
  const after = await record(() => {
    const settings = parseSettings({ domain: "example.com", architecture: "distributed" }, PLACE);
    if (settings.architecture !== "distributed") throw new Error("not distributed");
    return distributed(settings, WORKPLACE);
  });
  const later = new Map(after.seen.map((resource) => [identity(resource), resource]));
  return before.seen.flatMap((resource) => {
    const same = later.get(identity(resource));
    return same && resource.custom ? [{ name: resource.name, before: resource.inputs, after: same.inputs }] : [];
  });
}

test("the zone, the releases and the network of a stack that grows stay what they are", async (t) => {
  t.deepEqual((await grown()).map(({ name }) => name).sort(), [
    "dns-apex",
    "dns-caa",
    "dns-www",
    "dns-zone",
    "network-default",
    "network-internet",
    "network-public",
    "network-public-1",
    "network-public-1",
    "network-public-internet",
    "network-vpc",
    "release-artifact",
    "release-bucket",
    "release-encryption",
    "release-ownership",
    "release-policy",
    "release-public-access",
    "release-versioning",
  ]);
});

/** What differs besides tags, which change in place. */
function differences(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const same = (key: string) => JSON.stringify(before[key]) === JSON.stringify(after[key]);
  return [...keys].filter((key) => key !== "tags" && key !== "source" && !same(key)).sort();
}

test("nothing of what stays is told anything else, but that the domain now leads to the load balancer", async (t) => {
  const changed = (await grown()).flatMap(({ name, before, after }) =>
    differences(before, after).map((key) => `${name}.${key}`),
  );
  t.deepEqual(changed, [
    "dns-apex.aliases",
    "dns-apex.failoverRoutingPolicies",
    "dns-apex.records",
    "dns-apex.setIdentifier",
    "dns-apex.ttl",
  ]);
});
