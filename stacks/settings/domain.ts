import { z } from "zod";
import { choice, flag, integer, list, text } from "./scalars.ts";

/** A host name of two or more labels in lower case (RFC 1035 and 1123), where other scripts are written in punycode. */
const isDomainName = (value: string): boolean =>
  value.length <= 253 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(value);

const DOMAIN_RULE = "a domain name in lower case, such as example.com";

export const domain = text((value) => isDomainName(value) && !value.startsWith("www."), {
  description: "The name the site is reached by. `www.` in front of it is made an alias.",
  example: "example.com",
  rule: `${DOMAIN_RULE}, without www. in front of it (that name is added)`,
});

const zone = choice(["create", "existing"], {
  description: "Whether the stack creates the public hosted zone or adds its records to one that is there.",
});

const zoneName = text(isDomainName, {
  description: "The hosted zone that holds the domain. Default: the domain itself.",
  example: "example.com",
  rule: DOMAIN_RULE,
}).optional();

/**
 * Only authorities named here may issue certificates for the domain (RFC 8659). Amazon's is the default, since ACM issues every
 * certificate a webstack uses; whoever brings another authority adds it.
 */
const certificateAuthorities = list(
  text(isDomainName, { description: "A certificate authority.", example: "amazon.com", rule: DOMAIN_RULE }),
  10,
  { description: "Certificate authorities that CAA records allow. An empty list makes no CAA record." },
).default(["amazon.com"]);

const ttlSeconds = integer(30, 86_400, {
  description: "How long resolvers may keep the records of the site.",
  example: "300",
}).default(300);

const always = { zone: zone.default("create"), zoneName, ttlSeconds, certificateAuthorities };

/** Names of a site on one server. */
export const plainDns = z.strictObject(always).prefault({});

const balanced = {
  ...always,
  healthChecks: flag({
    description:
      "Whether Route 53 checks the site from outside. With a standby it then takes over for that reason too.",
  }).default(false),
};

/** Names of a balanced site. */
export const balancedDns = z.strictObject(balanced).prefault({});

/** Names of a balanced site whose zone may be signed. */
export const signedDns = z
  .strictObject({
    ...balanced,
    dnssec: flag({
      description: "Whether the zone is signed. Read the guide first: the registrar has a part in it.",
    }).default(false),
  })
  .prefault({});
