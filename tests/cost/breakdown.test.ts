import test from "ava";
import { expected } from "../../cost/money.ts";
import { urn } from "../plan/documents.ts";
import { ADDRESS, creates, DATABASE, type Described, estimate, fleet, nat } from "./stack.ts";

const address = (name: string, id: string): Described => ({ type: ADDRESS, name, id, inputs: { domain: "vpc" } });

const placed = (name: string, address: string, id: string) => ({
  ...nat(name, { allocationId: id }),
  propertyDependencies: { allocationId: [urn(ADDRESS, address)] },
});

const primary: Described = {
  type: DATABASE,
  name: "primary",
  id: "db-1",
  inputs: { engine: "mysql", engineVersion: "8.4", instanceClass: "db.m7g.large", multiAz: true },
};
const replica: Described = {
  type: DATABASE,
  name: "replica",
  inputs: { replicateSourceDb: "db-1", instanceClass: "db.m7g.large" },
  propertyDependencies: { replicateSourceDb: [urn(DATABASE, "primary")] },
};
const acl: Described = { type: "aws:wafv2/webAcl:WebAcl", name: "acl", inputs: {} };

async function savings(...resources: readonly Described[]) {
  const { decisions } = await estimate(creates(...resources));
  return decisions.map(({ decision, urn: id, saved }) => [
    decision,
    id?.split("::").at(-1),
    Math.round(expected(saved) * 100) / 100,
  ]);
}

test("NAT gateways beyond the first, with their addresses", async (t) => {
  const gateways = [placed("a", "one", "e-1"), placed("b", "two", "e-2"), placed("c", "three", "e-3")];
  const addresses = [address("one", "e-1"), address("two", "e-2"), address("three", "e-3")];
  // Twice 730 x 0.05 and 730 x 0.005.
  t.deepEqual(await savings(...gateways, ...addresses), [["NAT per zone", undefined, 80.3]]);
  t.deepEqual(await savings(placed("a", "one", "e-1"), address("one", "e-1")), []);
});

test("the standby of a database, by the prices of both, and each replica", async (t) => {
  // 730 x (0.41 - 0.2), and 730 x 0.2.
  t.deepEqual(await savings(primary, replica), [
    ["Multi-AZ", "primary", 153.3],
    ["read replica", "replica", 146],
  ]);
});

test("instances of a fleet beyond the first", async (t) => {
  // Two of three, 730 x 0.02 each.
  t.deepEqual(await savings(...fleet(3)), [["3 instances", "web", 29.2]]);
  t.deepEqual(await savings(...fleet(1)), []);
});

test("the web application firewall", async (t) => {
  t.deepEqual(await savings(acl), [["web application firewall", "acl", 5]]);
});

test("interface endpoints, not those of gateways, which cost nothing", async (t) => {
  const endpoint = (name: string, type: string): Described => ({
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    name,
    inputs: { vpcEndpointType: type, subnetIds: ["a", "b"] },
  });
  const [[decision] = []] = await savings(endpoint("logs", "Interface"), endpoint("s3", "Gateway"));
  t.is(decision, "interface endpoints");
  t.deepEqual(await savings(endpoint("s3", "Gateway")), []);
});

test("what is deleted saves nothing more", async (t) => {
  const { decisions } = await estimate([
    {
      op: "delete",
      urn: urn("aws:wafv2/webAcl:WebAcl", "acl"),
      oldState: { ...acl, urn: urn(acl.type, "acl"), custom: true },
    },
  ]);
  t.deepEqual(decisions, []);
});
