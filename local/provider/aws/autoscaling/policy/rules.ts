/** What each kind of scaling policy needs and cannot have. */
import type { PolicyArgs } from "@pulumi/aws/autoscaling/policy.js";
import { UNSUPPORTED } from "../../../core/check.ts";
import type { Plain, Problem } from "../../../core/resource.ts";

type Args = Partial<Plain<PolicyArgs>>;
type Name = keyof PolicyArgs;
type Tracking = NonNullable<Args["targetTrackingConfiguration"]>;

const KINDS: Readonly<Record<string, { needs: readonly Name[]; takes: readonly Name[] }>> = {
  SimpleScaling: { needs: ["adjustmentType", "scalingAdjustment"], takes: ["cooldown", "minAdjustmentMagnitude"] },
  StepScaling: {
    needs: ["adjustmentType", "stepAdjustments"],
    takes: ["estimatedInstanceWarmup", "metricAggregationType", "minAdjustmentMagnitude"],
  },
  TargetTrackingScaling: { needs: ["targetTrackingConfiguration"], takes: ["estimatedInstanceWarmup"] },
};

/** All that belongs to one kind or another. */
const OWN = [...new Set(Object.values(KINDS).flatMap(({ needs, takes }) => [...needs, ...takes]))];

export function checkPolicy(inputs: Args, isGiven: (property: Name) => boolean): Problem[] {
  return [...kindProblems(inputs, isGiven), ...trackingProblems(inputs.targetTrackingConfiguration)];
}

function* kindProblems(inputs: Args, isGiven: (property: Name) => boolean): Iterable<Problem> {
  const { policyType = "SimpleScaling", adjustmentType } = inputs;
  const kind = KINDS[policyType];
  if (!kind) return yield { property: "policyType", reason: `policyType "${policyType}" ${UNSUPPORTED}` };
  for (const property of kind.needs)
    if (!isGiven(property))
      yield { property, reason: `${property} is required and missing for the policy type ${policyType}` };
  for (const property of OWN)
    if (isGiven(property) && !kind.needs.includes(property) && !kind.takes.includes(property))
      yield { property, reason: `${property} cannot be set for the policy type ${policyType}; remove it` };
  if (inputs.minAdjustmentMagnitude && adjustmentType && adjustmentType !== "PercentChangeInCapacity")
    yield {
      property: "minAdjustmentMagnitude",
      reason: `minAdjustmentMagnitude is only for the adjustment type PercentChangeInCapacity, got "${adjustmentType}"`,
    };
}

function* trackingProblems(tracking: Tracking | undefined): Iterable<Problem> {
  if (!tracking) return;
  const { predefinedMetricSpecification: predefined, customizedMetricSpecification: customized } = tracking;
  const rule = (words: string): Problem => ({
    property: "targetTrackingConfiguration",
    reason: `targetTrackingConfiguration${words}`,
  });
  if (!predefined && !customized) yield rule(" needs predefinedMetricSpecification or customizedMetricSpecification");
  if (predefined) {
    const { predefinedMetricType: type, resourceLabel } = predefined;
    if (type !== "ALBRequestCountPerTarget" && resourceLabel)
      yield rule(`.predefinedMetricSpecification.resourceLabel is only for ALBRequestCountPerTarget, got "${type}"`);
  }
  if (!customized) return;
  const single = (["metricName", "namespace", "statistic"] as const).filter((name) => customized[name] === undefined);
  if (customized.metrics?.length) {
    if (single.length < 3)
      yield rule(".customizedMetricSpecification takes either metrics or a single metric; remove one of them");
  } else if (single.length > 0) {
    yield rule(`.customizedMetricSpecification needs ${single.join(" and ")}, or metrics`);
  }
}
