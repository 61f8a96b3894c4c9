import { shown } from "../problems.ts";
import type { Rule } from "./rule.ts";

const needs = [["domain"], ["dns", "zoneName"], ["dns", "zone"]];
const path = ["dns", "zoneName"];

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
];
