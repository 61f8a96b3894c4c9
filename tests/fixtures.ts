import type { Registration } from "./record.ts";

/** What AWS would answer: lookups, and what it adds to a resource that it creates. */
export interface Fixtures {
  readonly lookup: (token: string, inputs: Readonly<Record<string, unknown>>) => Record<string, unknown> | undefined;
  readonly state: (resource: Pick<Registration, "type" | "name" | "inputs">) => Record<string, unknown>;
  /** The part of that which is known before AWS is asked for anything: a name that the provider makes up. */
  readonly names: (resource: Pick<Registration, "type" | "name" | "inputs">) => Record<string, unknown>;
}

const LOOKUPS: Readonly<Record<string, Record<string, unknown>>> = {
  "aws:index/getRegion:getRegion": { region: "eu-central-1", id: "eu-central-1" },
  "aws:index/getPartition:getPartition": { partition: "aws", id: "aws" },
  "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012", id: "123456789012" },
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    names: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    id: "eu-central-1",
  },
  "aws:ec2/getAmi:getAmi": { id: "ami-0newest" },
  "aws:rds/getInstances:getInstances": { instanceIdentifiers: [] },
  "aws:autoscaling/getAmiIds:getAmiIds": { names: [] },
  "aws:route53/getZone:getZone": { zoneId: "Z0EXISTING", nameServers: ["ns-1.example.net", "ns-2.example.net"] },
};

const LATEST_VERSION = 3;

type Inputs = Readonly<Record<string, unknown>>;

const STATES: Readonly<Record<string, (name: string, inputs: Inputs) => Record<string, unknown>>> = {
  "aws:acm/certificate:Certificate": (name, inputs) => ({
    arn: `arn:aws:acm:eu-central-1:123456789012:certificate/${name}`,
    domainValidationOptions: proofsFor(inputs),
  }),
  "aws:cloudwatch/logGroup:LogGroup": (_, inputs) => ({
    arn: `arn:aws:logs:eu-central-1:123456789012:log-group:${inputs.name}`,
  }),
  "aws:wafv2/webAcl:WebAcl": (name) => ({
    arn: `arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/${name}/1`,
  }),
  "aws:route53/keySigningKey:KeySigningKey": () => ({ dsRecord: "12345 13 2 0A1B2C3D" }),
  "aws:route53/record:Record": (_, { name }) => ({ fqdn: String(name).replace(/\.$/, "") }),
  "tls:index/privateKey:PrivateKey": (name) => ({ privateKeyPem: `private key ${name}` }),
  "tls:index/selfSignedCert:SelfSignedCert": (name) => ({ certPem: `certificate ${name}` }),
  "tls:index/certRequest:CertRequest": (name) => ({ certRequestPem: `request ${name}` }),
  "tls:index/locallySignedCert:LocallySignedCert": (name) => ({ certPem: `certificate ${name}` }),
  "aws:ec2/vpc:Vpc": () => ({ ipv6CidrBlock: "2001:db8:12:3400::/56" }),
  "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: LATEST_VERSION }),
  "aws:lb/loadBalancer:LoadBalancer": (name) => ({
    arn: `arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/${name}/1`,
    arnSuffix: `app/${name}/1`,
    dnsName: `${name}-1.eu-central-1.elb.amazonaws.com`,
    zoneId: "Z215JYRZR1TBD5",
  }),
  "aws:lb/targetGroup:TargetGroup": (name) => ({
    arn: `arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/${name}/2`,
    arnSuffix: `targetgroup/${name}/2`,
  }),
  "aws:rds/instance:Instance": (name) => ({
    arn: `arn:aws:rds:eu-central-1:123456789012:db:${name}`,
    address: `${name}.c1.eu-central-1.rds.amazonaws.com`,
  }),
  "aws:kms/key:Key": (name) => ({
    arn: `arn:aws:kms:eu-central-1:123456789012:key/${name}`,
    keyId: name,
  }),
  "aws:secretsmanager/secret:Secret": (name) => ({
    arn: `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-1234567-AbCdEf`,
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": (name) => ({
    arn: `arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${name}`,
  }),
  "aws:sns/topic:Topic": (name) => ({ arn: `arn:aws:sns:eu-central-1:123456789012:${name}-1234567` }),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": (name) => ({
    arn: `arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${name}`,
  }),
  "random:index/randomId:RandomId": () => ({ hex: "0a1b2c3d" }),
  "random:index/randomPassword:RandomPassword": () => ({ result: "generated-password" }),
  "aws:ec2/eip:Eip": () => ({ publicIp: "203.0.113.10", allocationId: "eipalloc-1" }),
  "aws:ebs/volume:Volume": () => ({ id: "vol-0123456789abcdef0" }),
  "aws:route53/zone:Zone": () => ({ zoneId: "Z0CREATED", nameServers: ["ns-3.example.net", "ns-4.example.net"] }),
  "aws:s3/bucket:Bucket": (name) => ({ arn: `arn:aws:s3:::${name}-1234567` }),
  "aws:iam/role:Role": (name) => ({ arn: `arn:aws:iam::123456789012:role/${name}-1234567` }),
};

/** What the provider makes up a name for where the program gives none, and the property that holds it. */
const NAMED: Readonly<Record<string, string>> = {
  "aws:autoscaling/group:Group": "name",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "name",
  "aws:iam/instanceProfile:InstanceProfile": "name",
  "aws:iam/role:Role": "name",
  "aws:rds/parameterGroup:ParameterGroup": "name",
  "aws:rds/subnetGroup:SubnetGroup": "name",
  "aws:s3/bucket:Bucket": "bucket",
  "aws:secretsmanager/secret:Secret": "name",
  "aws:sns/topic:Topic": "name",
};

const namesOf: Fixtures["names"] = ({ type, name }) => {
  const property = NAMED[type];
  return property === undefined ? {} : { [property]: `${name}-1234567` };
};

/** What ACM wants to see in the zone: a wildcard shares the record of the name it stands before. */
function proofsFor({ domainName, subjectAlternativeNames = [] }: Inputs) {
  if (domainName === undefined) return [];
  return [...new Set([domainName, ...(subjectAlternativeNames as string[])])].map((name) => ({
    domainName: name,
    resourceRecordName: `_proof.${String(name).replace("*.", "")}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: "_0a1b2c.acm-validations.aws.",
  }));
}

type Answer = Record<string, unknown>;

/** An account in Frankfurt. Lookups can be replaced; one that is not named here is answered by nobody. */
export function awsFixtures(
  lookups: Readonly<Record<string, Answer | ((inputs: Readonly<Record<string, unknown>>) => Answer)>> = {},
): Fixtures {
  const known = { ...LOOKUPS, ...lookups };
  return {
    lookup: (token, inputs) => {
      const answer = known[token];
      return typeof answer === "function" ? answer(inputs) : answer;
    },
    state: (resource) => ({ ...namesOf(resource), ...STATES[resource.type]?.(resource.name, resource.inputs) }),
    names: namesOf,
  };
}
