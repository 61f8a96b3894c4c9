import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { WORLD, WORLD_IPV6 } from "../../components/firewall.ts";
import { TierFirewalls } from "../../components/tier-firewalls.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf, unwrap } from "./support.ts";

const program = () =>
  new TierFirewalls("fw", {
    vpcId: "vpc-1",
    tiers: { front: "Front", back: "Back" },
    between: [{ from: "front", to: "back", port: 8080, description: "Requests" }],
    inward: [{ name: "http-ipv6", tier: "front", peer: WORLD_IPV6, port: 80, description: "Visitors" }],
    outward: [{ name: "https", tier: "back", peer: WORLD, port: 443, description: "AWS" }],
    tags: TAGS,
  });

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

test("each tier has a group without rules of its own", async (t) => {
  const { all } = await record(program);
  t.deepEqual(
    all("aws:ec2/securityGroup:SecurityGroup").map(({ name, inputs }) => [name, inputs]),
    [
      ["fw-front", { vpcId: "vpc-1", description: "Front", tags: tagsOf("fw-front") }],
      ["fw-back", { vpcId: "vpc-1", description: "Back", tags: tagsOf("fw-back") }],
    ],
  );
});

test("a path is let out on one side and in on the other", async (t) => {
  const { one } = await record(program);
  const common = {
    ipProtocol: "tcp",
    fromPort: 8080,
    toPort: 8080,
    description: "Requests",
    tags: tagsOf("fw-front-to-back"),
  };
  t.deepEqual(one(EGRESS, "fw-front-to-back").inputs, {
    securityGroupId: "fw-front-id",
    referencedSecurityGroupId: "fw-back-id",
    ...common,
  });
  t.deepEqual(one(INGRESS, "fw-front-to-back").inputs, {
    securityGroupId: "fw-back-id",
    referencedSecurityGroupId: "fw-front-id",
    ...common,
  });
});

test("what comes from outside and what goes there has one rule each, and there are no others", async (t) => {
  const { one, all } = await record(program);
  t.deepEqual(one(INGRESS, "fw-front-in-http-ipv6").inputs, {
    securityGroupId: "fw-front-id",
    ipProtocol: "tcp",
    fromPort: 80,
    toPort: 80,
    cidrIpv6: "::/0",
    description: "Visitors",
    tags: tagsOf("fw-front-in-http-ipv6"),
  });
  t.like(one(EGRESS, "fw-back-out-https").inputs, { securityGroupId: "fw-back-id", cidrIpv4: "0.0.0.0/0" });
  t.is(all(INGRESS).length + all(EGRESS).length, 4);
});

class Machine extends pulumi.CustomResource {
  constructor(name: string, group: pulumi.Input<string>) {
    super("test:index:Machine", name, { group });
  }
}

test("whoever uses a group waits for all its rules", async (t) => {
  const { built, one } = await record(() => {
    const made = program();
    new Machine("machine", made.securityGroupIds.back);
    return made;
  });
  t.deepEqual(one("test:index:Machine").dependencies, ["fw-back", "fw-back-out-https", "fw-front-to-back"]);
  t.deepEqual(await unwrap(built.securityGroupIds), { front: "fw-front-id", back: "fw-back-id" });
});

test("a path with a name stands beside another one between the same tiers", async (t) => {
  const { all } = await record(
    () =>
      new TierFirewalls("fw", {
        vpcId: "vpc-1",
        tiers: { front: "Front", back: "Back" },
        between: [
          { from: "front", to: "back", port: 80, description: "Requests" },
          { from: "front", to: "back", name: "tls", port: 443, description: "Requests over TLS" },
        ],
        inward: [],
        outward: [],
        tags: TAGS,
      }),
  );
  for (const type of [INGRESS, EGRESS]) {
    t.deepEqual(
      all(type).map(({ name, inputs }) => [name, inputs.fromPort]),
      [
        ["fw-front-to-back", 80],
        ["fw-front-to-back-tls", 443],
      ],
    );
  }
});
