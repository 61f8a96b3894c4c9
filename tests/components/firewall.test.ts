import test from "ava";
import { Firewall, WORLD } from "../../components/firewall.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf, unwrap } from "./support.ts";

const program = () =>
  new Firewall("wall", {
    vpcId: "vpc-1",
    description: "Web servers",
    ingress: [
      { name: "https", port: 443, peer: WORLD, description: "Visitors" },
      { name: "check", port: 8080, peer: { securityGroupId: "sg-balancer" }, description: "Health checks" },
    ],
    egress: [{ name: "app", port: 8443, peer: { securityGroupId: "sg-app" }, description: "Application" }],
    tags: TAGS,
  });

test("the group has no rules of its own, since rules inside would fight with those outside", async (t) => {
  const { one, built } = await record(program);
  t.deepEqual(one("aws:ec2/securityGroup:SecurityGroup").inputs, {
    vpcId: "vpc-1",
    description: "Web servers",
    tags: tagsOf("wall"),
  });
  t.is(await unwrap(built.securityGroupId), "wall-group-id");
});

test("each rule is a resource: one port, one peer, one reason", async (t) => {
  const { all, seen } = await record(program);
  t.deepEqual(
    all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(({ name, inputs }) => [name, inputs]),
    [
      [
        "wall-in-https",
        {
          securityGroupId: "wall-group-id",
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrIpv4: "0.0.0.0/0",
          description: "Visitors",
          tags: tagsOf("wall-in-https"),
        },
      ],
      [
        "wall-in-check",
        {
          securityGroupId: "wall-group-id",
          ipProtocol: "tcp",
          fromPort: 8080,
          toPort: 8080,
          referencedSecurityGroupId: "sg-balancer",
          description: "Health checks",
          tags: tagsOf("wall-in-check"),
        },
      ],
    ],
  );
  t.deepEqual(
    all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").map(({ name, inputs }) => [name, inputs]),
    [
      [
        "wall-out-app",
        {
          securityGroupId: "wall-group-id",
          ipProtocol: "tcp",
          fromPort: 8443,
          toPort: 8443,
          referencedSecurityGroupId: "sg-app",
          description: "Application",
          tags: tagsOf("wall-out-app"),
        },
      ],
    ],
  );
  t.is(seen.length, 5);
  t.true(seen.slice(1).every(({ parent }) => parent === "wall"));
});
