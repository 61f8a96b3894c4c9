import {
  DeletePolicyCommand,
  DescribePoliciesCommand,
  PutScalingPolicyCommand,
  type ScalingPolicy,
  type StepAdjustment,
} from "@aws-sdk/client-auto-scaling";
import type { PolicyArgs, PolicyState } from "@pulumi/aws/autoscaling/policy.js";
import { ProviderError } from "../../core/errors.ts";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { autoscaling } from "./autoscaling.ts";
import { checkPolicy } from "./policy/rules.ts";
import { fromTracking, toTracking } from "./policy/tracking.ts";

type Args = Plain<PolicyArgs>;

/** What AWS pauses for after a step where the program says nothing; moto tells it as if it had been asked for. */
const USUAL_COOLDOWN = 300;

/** Requests are counted for one target group behind one load balancer. In a preview the names of both are unknown. */
function requireLabel({ targetTrackingConfiguration }: Args): void {
  const { predefinedMetricType, resourceLabel } = targetTrackingConfiguration?.predefinedMetricSpecification ?? {};
  if (predefinedMetricType === "ALBRequestCountPerTarget" && !resourceLabel)
    throw new ProviderError(
      "targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel is required and missing for ALBRequestCountPerTarget: the arnSuffix of the load balancer, a slash, and that of the target group",
    );
}

async function put(call: AwsCall, name: string, inputs: Args): Promise<void> {
  requireLabel(inputs);
  const { targetTrackingConfiguration, stepAdjustments } = inputs;
  await autoscaling(call).send(
    new PutScalingPolicyCommand({
      AutoScalingGroupName: inputs.autoscalingGroupName,
      PolicyName: name,
      PolicyType: inputs.policyType,
      AdjustmentType: inputs.adjustmentType,
      Cooldown: inputs.cooldown,
      Enabled: inputs.enabled,
      EstimatedInstanceWarmup: inputs.estimatedInstanceWarmup,
      MetricAggregationType:
        inputs.policyType === "StepScaling" ? (inputs.metricAggregationType ?? "Average") : undefined,
      MinAdjustmentMagnitude: inputs.minAdjustmentMagnitude,
      ScalingAdjustment: inputs.scalingAdjustment,
      StepAdjustments: stepAdjustments?.map((step) => ({
        MetricIntervalLowerBound: numberOf(step.metricIntervalLowerBound),
        MetricIntervalUpperBound: numberOf(step.metricIntervalUpperBound),
        ScalingAdjustment: step.scalingAdjustment,
      })),
      TargetTrackingConfiguration: targetTrackingConfiguration && toTracking(targetTrackingConfiguration),
    }),
  );
}

const numberOf = (text: string | undefined): number | undefined => (text ? Number(text) : undefined);
const textOf = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value));

function stepsOf(steps: readonly StepAdjustment[] = []): Args["stepAdjustments"] {
  if (steps.length === 0) return undefined;
  return steps.map((step) => ({
    metricIntervalLowerBound: textOf(step.MetricIntervalLowerBound),
    metricIntervalUpperBound: textOf(step.MetricIntervalUpperBound),
    scalingAdjustment: step.ScalingAdjustment as number,
  }));
}

async function find(call: AwsCall, name: string, group: string | undefined): Promise<ScalingPolicy | undefined> {
  const { ScalingPolicies } = await autoscaling(call).send(
    new DescribePoliciesCommand({ AutoScalingGroupName: group, PolicyNames: [name] }),
  );
  return ScalingPolicies?.[0];
}

export default resource<Aws, PolicyArgs, PolicyState>({
  check: checkPolicy,

  async create(call, inputs) {
    await put(call, inputs.name as string, inputs);
    return inputs.name as string;
  },

  async read(call, name, known) {
    const policy = await find(call, name, known.autoscalingGroupName);
    if (!policy) return undefined;
    const { Cooldown, StepAdjustments, TargetTrackingConfiguration } = policy;
    return {
      arn: policy.PolicyARN,
      name: policy.PolicyName,
      autoscalingGroupName: policy.AutoScalingGroupName,
      policyType: policy.PolicyType,
      adjustmentType: policy.AdjustmentType,
      cooldown: known.cooldown === undefined && Cooldown === USUAL_COOLDOWN ? undefined : Cooldown,
      estimatedInstanceWarmup: policy.EstimatedInstanceWarmup,
      metricAggregationType: policy.MetricAggregationType,
      minAdjustmentMagnitude: policy.MinAdjustmentMagnitude,
      scalingAdjustment: policy.ScalingAdjustment,
      stepAdjustments: stepsOf(StepAdjustments),
      targetTrackingConfiguration: TargetTrackingConfiguration && fromTracking(TargetTrackingConfiguration),
      // moto does not tell whether a policy is switched off: what was asked for stays.
      enabled: policy.Enabled ?? known.enabled ?? true,
    };
  },

  async update(call, name, { news }) {
    await put(call, name, news);
  },

  async delete(call, name, { autoscalingGroupName }) {
    await autoscaling(call).send(
      new DeletePolicyCommand({ AutoScalingGroupName: autoscalingGroupName, PolicyName: name }),
    );
  },

  // Imported by group and name: `web-1a2b3c4/cpu`.
  importedId: async (_call, id) => id.split("/").at(-1) as string,

  lost: {
    by: ["name", "autoscalingGroupName"],
    async find(call, { name = "", autoscalingGroupName }) {
      return (await find(call, name, autoscalingGroupName))?.PolicyName;
    },
  },
});
