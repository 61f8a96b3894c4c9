import { shown } from "../problems.ts";
import { balancedRule, type Rule } from "./rule.ts";

const needs = [["domain"], ["dns", "zoneName"], ["dns", "zone"]];
const path = ["dns", "zoneName"];

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
  balancedRule([["domain"]], ({ domain }) =>
    domain.length <= LONGEST_DOMAIN
      ? undefined
      : {
          path: ["domain"],
          complaint: `has ${domain.length} letters. It must have ${LONGEST_DOMAIN} at most, since names inside the network are longer.`,
          fix: { set: ["domain"], to: "example.com" },
        },
  ),
];
