import { PITFALL_NAMES } from "../../review/pitfalls.ts";
import { nearest } from "../nearest.ts";
import { shown } from "../problems.ts";
import { type Rule, securedRule } from "./rule.ts";

const waivers = ["protection", "waivers"];

export const protectionRules: readonly Rule[] = [
  securedRule([waivers], ({ protection }) =>
    protection.waivers.flatMap((name, index) => {
      if (PITFALL_NAMES.includes(name)) return [];
      const path = [...waivers, index];
      const meant = nearest(name, PITFALL_NAMES);
      return {
        path,
        complaint: `is ${shown(name)}. It must be one of ${PITFALL_NAMES.join(", ")}.`,
        fix: meant === undefined ? { remove: path } : { set: path, to: meant },
      };
    }),
  ),
];
