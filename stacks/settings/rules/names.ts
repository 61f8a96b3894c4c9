import { shown } from "../problems.ts";
import { isPublic } from "./public-names.ts";
import { balancedRule, type Rule, securedRule } from "./rule.ts";

const needs = [["domain"], ["dns", "zoneName"], ["dns", "zone"]];
const path = ["dns", "zoneName"];
const healthChecks = ["dns", "healthChecks"];
const dnssec = ["dns", "dnssec"];

/** A name has 253 letters at most (RFC 1035), and `writer.internal.` comes before the domain. */
const LONGEST_DOMAIN = 253 - "writer.internal.".length;

export const nameRules: readonly Rule[] = [
  {
    needs,
    check: ({ domain, dns: { zoneName = domain } }) =>
      domain === zoneName || domain.endsWith(`.${zoneName}`)
        ? undefined
        : {
            path,
            complaint: `is ${shown(zoneName)}, which does not hold the domain ${shown(domain)}.`,
            fix: { set: path, to: domain },
          },
  },
  {
    needs,
    check: ({ domain, dns: { zone, zoneName = domain } }) =>
      zone === "create" && domain.endsWith(`.${zoneName}`)
        ? {
            path,
            complaint: `is ${shown(zoneName)}, but a zone that the stack creates is that of the domain itself, ${shown(domain)}.`,
            fix: { set: ["dns", "zone"], to: "existing" },
          }
        : undefined,
  },
  // A certificate takes fewer letters still: see certificates.ts.
  balancedRule([["domain"]], ({ architecture, domain }) =>
    architecture === "secured" || domain.length <= LONGEST_DOMAIN
      ? undefined
      : {
          path: ["domain"],
          complaint: `has ${domain.length} letters. It must have ${LONGEST_DOMAIN} at most, since names inside the network are longer.`,
          fix: { set: ["domain"], to: "example.com" },
        },
  ),
  balancedRule([["domain"], healthChecks, ["loadBalancing", "mode"]], ({ domain, dns, loadBalancing }) =>
    dns.healthChecks && !isPublic(domain) && loadBalancing.mode === "active-active"
      ? {
          path: healthChecks,
          complaint: `is true, but ${shown(domain)} is not a public name, so Route 53 cannot find the site from outside.`,
          fix: { set: healthChecks, to: "false" },
        }
      : undefined,
  ),
  securedRule([["dns", "zone"], dnssec], ({ dns }) =>
    dns.dnssec && dns.zone === "existing"
      ? {
          path: dnssec,
          complaint: "is true, but dns.zone is existing: whoever made the zone signs it.",
          fix: { set: dnssec, to: "false" },
        }
      : undefined,
  ),
  securedRule([["domain"], dnssec], ({ domain, dns }) =>
    dns.dnssec && !isPublic(domain)
      ? {
          path: dnssec,
          complaint: `is true, but ${shown(domain)} is not a public name, so no zone above vouches for the signatures.`,
          fix: { set: dnssec, to: "false" },
        }
      : undefined,
  ),
];
