import { z } from "zod";
import { networkProblem } from "../../components/subnets.ts";
import { choice, flag, integer, list, text } from "./scalars.ts";

const CIDR_RULE =
  "a private IPv4 network such as 10.0.0.0/16 that starts at its own address and is between /16 and /24 " +
  "(a sixteenth of it is a subnet, and AWS takes none smaller than /28)";

/** What may be reached without leaving the network. */
const ENDPOINTS = ["s3", "ssm", "secretsmanager", "logs", "monitoring"] as const;

const cidr = text((value) => networkProblem(value) === undefined, {
  description: "The addresses of the network. A sixteenth of them becomes one subnet.",
  example: "10.0.0.0/16",
  rule: CIDR_RULE,
}).default("10.0.0.0/16");

/** One public subnet in one zone. */
export const singleZoneNetwork = z.strictObject({ cidr }).prefault({});

/** What several zones take. `safest` chooses what keeps working when one of them fails. */
const inZones = ({ safest }: { readonly safest: boolean }) => ({
  cidr,
  zones: integer(2, 3, { description: "How many availability zones are used." }).default(2),
  nat: choice(["none", "single", "per-zone", "regional"], {
    description:
      "How servers reach the internet: by one NAT gateway for all zones, one in each, or one that AWS spreads over the zones. " +
      "With none they stand in the public subnets with addresses of their own, which the firewall lets nobody reach.",
    example: "single",
  }).default(safest ? "per-zone" : "single"),
  endpoints: list(choice(ENDPOINTS, { description: "An AWS service." }), ENDPOINTS.length, {
    description:
      "AWS services that are reached inside the network. s3 is free, the others are billed per hour and zone.",
  }).default(["s3"]),
  ipv6: flag({ description: "Whether visitors and servers speak IPv6 as well. The database does not." }).default(false),
});

/** Public, application and data subnets in several zones. */
export const multiZoneNetwork = z.strictObject(inZones({ safest: false })).prefault({});

/** The same with what an observer needs. */
export const observedNetwork = z
  .strictObject({
    ...inZones({ safest: true }),
    flowLogs: flag({ description: "Whether accepted and refused connections are logged." }).default(true),
  })
  .prefault({});
