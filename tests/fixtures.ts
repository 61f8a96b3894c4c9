import type { Registration } from "./record.ts";

/** What AWS would answer: lookups, and what it adds to a resource that it creates. */
export interface Fixtures {
  readonly lookup: (token: string, inputs: Readonly<Record<string, unknown>>) => Record<string, unknown> | undefined;
  readonly state: (resource: Pick<Registration, "type" | "name">) => Record<string, unknown>;
}

const LOOKUPS: Readonly<Record<string, Record<string, unknown>>> = {
  "aws:index/getRegion:getRegion": { region: "eu-central-1", id: "eu-central-1" },
  "aws:index/getPartition:getPartition": { partition: "aws", id: "aws" },
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    names: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    id: "eu-central-1",
  },
  "aws:ec2/getAmi:getAmi": { id: "ami-0newest" },
  "aws:route53/getZone:getZone": { zoneId: "Z0EXISTING", nameServers: ["ns-1.example.net", "ns-2.example.net"] },
};

const STATES: Readonly<Record<string, (name: string) => Record<string, unknown>>> = {
  "aws:ec2/eip:Eip": () => ({ publicIp: "203.0.113.10", allocationId: "eipalloc-1" }),
  "aws:ebs/volume:Volume": () => ({ id: "vol-0123456789abcdef0" }),
  "aws:route53/zone:Zone": () => ({ zoneId: "Z0CREATED", nameServers: ["ns-3.example.net", "ns-4.example.net"] }),
  "aws:s3/bucket:Bucket": (name) => ({ bucket: `${name}-1234567`, arn: `arn:aws:s3:::${name}-1234567` }),
  "aws:iam/role:Role": (name) => ({ name: `${name}-1234567` }),
  "aws:iam/instanceProfile:InstanceProfile": (name) => ({ name: `${name}-1234567` }),
};

/** An account in Frankfurt. Lookups can be replaced; one that is not named here is answered by nobody. */
export function awsFixtures(lookups: Readonly<Record<string, Record<string, unknown>>> = {}): Fixtures {
  const known = { ...LOOKUPS, ...lookups };
  return {
    lookup: (token) => known[token],
    state: ({ type, name }) => STATES[type]?.(name) ?? {},
  };
}
