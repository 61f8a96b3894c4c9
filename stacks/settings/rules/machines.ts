import type { ArchitectureSettings } from "../architectures.ts";
import { architectureOf } from "../machines.ts";
import { shown } from "../problems.ts";
import { balancedRule, type Rule } from "./rule.ts";

function machineOf(settings: ArchitectureSettings, group: "server" | "web" | "app") {
  if (settings.architecture === "simple") return group === "server" ? settings.server : undefined;
  return group === "server" ? undefined : settings[group];
}

const typeFitsArchitecture = (group: "server" | "web" | "app"): Rule => ({
  needs: [
    [group, "architecture"],
    [group, "instanceType"],
  ],
  check: (settings) => {
    const machine = machineOf(settings, group);
    if (machine === undefined) return undefined;
    const actual = architectureOf(machine.instanceType);
    if (actual === machine.architecture) return undefined;
    return {
      path: [group, "instanceType"],
      complaint: `is ${shown(machine.instanceType)}, which is ${actual}, but ${group}.architecture is ${machine.architecture}.`,
      fix: { set: [group, "architecture"], to: actual },
    };
  },
});

const fleetCanGrow = (group: "web" | "app"): Rule =>
  balancedRule(
    [
      [group, "minimum"],
      [group, "maximum"],
    ],
    (settings) => {
      const { minimum, maximum } = settings[group];
      if (minimum <= maximum) return undefined;
      return {
        path: [group, "maximum"],
        complaint: `is ${maximum}, less than ${group}.minimum, which is ${minimum}.`,
        fix: { set: [group, "maximum"], to: String(minimum) },
      };
    },
  );

/** All servers up to the minimum are on demand, so spot instances are for those above it. */
const spotHasRoom = (group: "web" | "app"): Rule =>
  balancedRule(
    [
      [group, "spotPercent"],
      [group, "minimum"],
      [group, "maximum"],
    ],
    (settings) => {
      const { spotPercent, minimum, maximum } = settings[group];
      if (spotPercent === 0 || minimum !== maximum) return undefined;
      return {
        path: [group, "spotPercent"],
        complaint: `is ${spotPercent}, but ${group}.maximum is ${maximum}, so no server is above the minimum.`,
        fix: { set: [group, "spotPercent"], to: "0" },
      };
    },
  );

export const machineRules: readonly Rule[] = [
  typeFitsArchitecture("server"),
  typeFitsArchitecture("web"),
  typeFitsArchitecture("app"),
  fleetCanGrow("web"),
  fleetCanGrow("app"),
  spotHasRoom("web"),
  spotHasRoom("app"),
];
