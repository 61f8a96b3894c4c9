import { TYPES } from "../model/types.ts";
import type { Defaults } from "./index.ts";

/** EC2 Auto Scaling, API reference: CreateAutoScalingGroup, RefreshPreferences. */
export const AUTOSCALING: Defaults = {
  [TYPES.group]: {
    healthCheckType: "EC2",
    healthCheckGracePeriod: 300,
    protectFromScaleIn: false,
    "launchTemplate.version": "$Default",
    "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version": "$Default",
    "instanceRefresh.preferences.minHealthyPercentage": 90,
    "instanceRefresh.preferences.autoRollback": false,
  },
};
