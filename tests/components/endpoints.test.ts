import test from "ava";
import { type EndpointService, Endpoints } from "../../components/endpoints.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf } from "./support.ts";

const endpoints = (services: readonly EndpointService[]) =>
  record(
    () =>
      new Endpoints("ep", {
        services,
        region: "eu-central-1",
        vpcId: "vpc-1",
        routeTableIds: ["rtb-1", "rtb-2"],
        subnetIds: ["subnet-1", "subnet-2"],
        clients: { web: "sg-web", app: "sg-app" },
        tags: TAGS,
      }),
  );

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

test("S3 is reached by a route, which costs nothing and needs no firewall", async (t) => {
  const { one, seen } = await endpoints(["s3"]);
  t.deepEqual(one(ENDPOINT).inputs, {
    vpcId: "vpc-1",
    serviceName: "com.amazonaws.eu-central-1.s3",
    vpcEndpointType: "Gateway",
    routeTableIds: ["rtb-1", "rtb-2"],
    tags: tagsOf("ep-s3"),
  });
  t.is(seen.length, 2);
});

test("other services have an interface in each zone under their usual names, and SSM has two", async (t) => {
  const { one, all } = await endpoints(["s3", "ssm", "logs"]);
  t.deepEqual(
    all(ENDPOINT)
      .map(({ name }) => name)
      .sort(),
    ["ep-logs", "ep-s3", "ep-ssm", "ep-ssmmessages"],
  );
  t.deepEqual(one(ENDPOINT, "ep-ssmmessages").inputs, {
    vpcId: "vpc-1",
    serviceName: "com.amazonaws.eu-central-1.ssmmessages",
    vpcEndpointType: "Interface",
    subnetIds: ["subnet-1", "subnet-2"],
    securityGroupIds: ["ep-firewall-group-id"],
    privateDnsEnabled: true,
    tags: tagsOf("ep-ssmmessages"),
  });
});

test("interfaces take requests from the servers only, and start none", async (t) => {
  const { all } = await endpoints(["secretsmanager"]);
  t.deepEqual(
    all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(({ inputs }) => [
      inputs.referencedSecurityGroupId,
      inputs.fromPort,
    ]),
    [
      ["sg-web", 443],
      ["sg-app", 443],
    ],
  );
  t.deepEqual(all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"), []);
});

test("without services there is nothing", async (t) => {
  t.deepEqual(
    (await endpoints([])).seen.map(({ name }) => name),
    ["ep"],
  );
});
