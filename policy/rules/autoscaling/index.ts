import type { Rule } from "../../rule.ts";
import { groupBalancerHealth } from "./group-balancer-health.ts";
import { groupCanGrow } from "./group-can-grow.ts";
import { groupCapacityLeftToPolicies } from "./group-capacity-left-to-policies.ts";
import { groupGraceAndWarmup } from "./group-grace-and-warmup.ts";
import { groupLaunchTemplate } from "./group-launch-template.ts";
import { groupNotSuspended } from "./group-not-suspended.ts";
import { groupNotifies } from "./group-notifies.ts";
import { groupRolls } from "./group-rolls.ts";
import { groupSeveralTypes } from "./group-several-types.ts";
import { groupSeveralZones } from "./group-several-zones.ts";
import { groupTagsMachines } from "./group-tags-machines.ts";
import { groupTwoMachines } from "./group-two-machines.ts";

export const scalingRules: readonly Rule[] = [
  groupBalancerHealth,
  groupCanGrow,
  groupCapacityLeftToPolicies,
  groupGraceAndWarmup,
  groupLaunchTemplate,
  groupNotSuspended,
  groupNotifies,
  groupRolls,
  groupSeveralTypes,
  groupSeveralZones,
  groupTagsMachines,
  groupTwoMachines,
];
