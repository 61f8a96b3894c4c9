import { z } from "zod";
import { networkProblem } from "../../components/subnets.ts";
import { choice, flag, integer, list, text } from "./scalars.ts";

const CIDR_RULE =
  "a private IPv4 network such as 10.0.0.0/16 that starts at its own address and is between /16 and /24 " +
  "(a sixteenth of it is a subnet, and AWS takes none smaller than /28)";

/** What may be reached without leaving the network. `s3` is a gateway and free, the others are billed per hour and zone. */
const ENDPOINTS = ["s3", "ssm", "secretsmanager", "logs", "monitoring"] as const;

const cidr = text((value) => networkProblem(value) === undefined, {
  description: "The addresses of the network. A sixteenth of them becomes one subnet.",
  example: "10.0.0.0/16",
  rule: CIDR_RULE,
}).default("10.0.0.0/16");

/** One public subnet in one zone. */
export const singleZoneNetwork = z.strictObject({ cidr }).prefault({});

/** Public, application and data subnets in several zones. `safest` chooses what keeps working when a zone fails. */
export function multiZoneNetwork({ safest }: { readonly safest: boolean }) {
  return z
    .strictObject({
      cidr,
      zones: integer(2, 3, { description: "How many availability zones are used." }).default(2),
      nat: choice(["none", "single", "per-zone", "regional"], {
        description: "How the application tier reaches the internet: not at all, or by which kind of NAT gateway.",
        example: "single",
      }).default(safest ? "per-zone" : "single"),
      endpoints: list(choice(ENDPOINTS, { description: "An AWS service." }), ENDPOINTS.length, {
        description: "AWS services that are reached inside the network.",
      }).default(["s3"]),
      ipv6: flag({ description: "Whether everything speaks IPv6 as well." }).default(false),
      flowLogs: flag({ description: "Whether accepted and refused connections are logged." }).default(safest),
    })
    .prefault({});
}
