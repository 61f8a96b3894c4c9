import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import type { Workplace } from "../../stacks/artifact.ts";
import { awsFixtures } from "../fixtures.ts";
import { readUserData } from "../machines/user-data.ts";
import { PLACE, type Recording, type Registration } from "../record.ts";

type Recorded = Pick<Recording<unknown>, "seen" | "all" | "one">;

/** The name of the release that {@link workplace} ships. */
export const RELEASE = "9a8d2d23b5166914";

/** A project that ships one file of JavaScript, always under the same name, until the tests of the file are over. */
export function workplace(): Workplace {
  const directory = mkdtempSync(join(tmpdir(), "webstack-stack-test-"));
  test.after.always(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, "app"));
  writeFileSync(join(directory, "app/package.json"), '{"main":"main.js"}');
  writeFileSync(join(directory, "app/main.js"), "");
  return { ...PLACE, directory, cache: join(directory, "cache") };
}

/** A recording as one line for each resource, below the component it belongs to. */
export function outline({ seen }: Recorded): string[] {
  const short = (type: string) => type.replace(/^aws:([a-z0-9]+)\/.*:/, "$1.").replace(/^(\w+):.*:/, "$1.");
  return seen
    .map(({ type, name, parent }) => `${parent === undefined ? "" : `${parent} > `}${name}: ${short(type)}`)
    .sort();
}

export const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

/** Rules as "group port peer". */
export const rulesOf = ({ all }: Recorded, type: string): string[] =>
  all(type)
    .map(({ inputs }) => {
      const name = (id: unknown) => String(id).replace(/^firewalls-(.*)-id$/, "$1");
      const peer = inputs.cidrIpv4 ?? inputs.cidrIpv6 ?? name(inputs.referencedSecurityGroupId);
      return `${name(inputs.securityGroupId)} ${inputs.fromPort} ${peer}`;
    })
    .sort();

/** The user data of a fleet, as text and as cloud-init reads it. */
export function userDataOf({ one }: Recorded, template: string) {
  const { userData } = one("aws:ec2/launchTemplate:LaunchTemplate", template).inputs;
  const text = Buffer.from(String(userData), "base64").toString();
  return { text, ...readUserData(text) };
}

/** Whether the provider takes tags for a type, by its own declaration. */
export function takesTags(type: string): boolean {
  const [provider, module = ""] = type.split(":");
  if (provider !== "aws") return false;
  return /^ {4}tags\?:/m.test(readFileSync(`node_modules/@pulumi/aws/${module}.d.ts`, "utf8"));
}

/** Tags of all that takes tags. */
export function tagsByName({ seen }: Recorded): [name: string, tags: Record<string, string> | undefined][] {
  return seen.filter(({ custom, type }) => custom && takesTags(type)).map((found) => [found.name, tagsIn(found)]);
}

/** Those of a scaling group are a list. */
function tagsIn({ inputs: { tags } }: Registration): Record<string, string> | undefined {
  if (!Array.isArray(tags)) return tags as Record<string, string> | undefined;
  return Object.fromEntries(tags.map(({ key, value }: { key: string; value: string }) => [key, value]));
}

/** A database that stands in the account: slots with their role and whom they follow. */
export function standing(instances: Readonly<Record<string, readonly [role: string, source?: string]>>) {
  const identifier = (slot: string) => `webstack-dev-0a1b2c3d-${slot}`;
  return awsFixtures({
    "aws:rds/getInstances:getInstances": {
      instanceIdentifiers: [...Object.keys(instances).map(identifier), "another"],
    },
    "aws:rds/getInstance:getInstance": ({ dbInstanceIdentifier }) => {
      const slot = Object.keys(instances).find((name) => identifier(name) === dbInstanceIdentifier) ?? "";
      const [role = "", source] = instances[slot] ?? [];
      const replicateSourceDb = source === undefined ? "" : identifier(source);
      return { dbInstanceIdentifier, tags: { role }, replicateSourceDb };
    },
    "aws:ec2/getVpcs:getVpcs": { ids: ["vpc-1"] },
    "aws:ec2/getVpc:getVpc": { cidrBlock: "10.0.0.0/16" },
  });
}
