/** What the official provider or AWS refuses about a scaling group, beyond single properties. */
import type { GroupArgs } from "@pulumi/aws/autoscaling/group.js";
import type { Plain, Problem } from "../../../core/resource.ts";

type Args = Partial<Plain<GroupArgs>>;
type IsGiven = (property: keyof GroupArgs) => boolean;

export function checkGroup(inputs: Args, isGiven: IsGiven): Problem[] {
  return [...sizeProblems(inputs), ...templateProblems(inputs), ...placeProblems(isGiven), ...tagProblems(inputs)];
}

function* sizeProblems({ minSize, maxSize, desiredCapacity, instanceMaintenancePolicy }: Args): Iterable<Problem> {
  if (minSize !== undefined && maxSize !== undefined && minSize > maxSize)
    yield { property: "minSize", reason: `minSize must be at most maxSize (${maxSize}), got ${minSize}` };
  else if (desiredCapacity !== undefined && minSize !== undefined && desiredCapacity < minSize)
    yield {
      property: "desiredCapacity",
      reason: `desiredCapacity must be at least minSize (${minSize}), got ${desiredCapacity}`,
    };
  else if (desiredCapacity !== undefined && maxSize !== undefined && desiredCapacity > maxSize)
    yield {
      property: "desiredCapacity",
      reason: `desiredCapacity must be at most maxSize (${maxSize}), got ${desiredCapacity}`,
    };
  if (instanceMaintenancePolicy) {
    const { minHealthyPercentage: low, maxHealthyPercentage: high } = instanceMaintenancePolicy;
    if (low >= 0 && high >= 0 && high - low > 100)
      yield {
        property: "instanceMaintenancePolicy",
        reason: `instanceMaintenancePolicy.maxHealthyPercentage must be at most 100 above minHealthyPercentage (${low}), got ${high}`,
      };
  }
}

function* templateProblems({
  launchTemplate,
  mixedInstancesPolicy,
  targetGroupArns,
  ...rest
}: Args): Iterable<Problem> {
  const specification = mixedInstancesPolicy?.launchTemplate?.launchTemplateSpecification;
  for (const [property, at, id, name] of [
    ["launchTemplate", "launchTemplate.id", launchTemplate?.id, launchTemplate?.name],
    [
      "mixedInstancesPolicy",
      "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId",
      specification?.launchTemplateId,
      specification?.launchTemplateName,
    ],
  ] as const)
    if (id && name) yield { property, reason: `${at} cannot be set together with the name; remove one of them` };
  for (const property of ["minElbCapacity", "waitForElbCapacity"] as const)
    if (rest[property] && targetGroupArns?.length === 0)
      yield { property, reason: `${property} waits for targets, but targetGroupArns is empty; remove it` };
}

function* placeProblems(isGiven: IsGiven): Iterable<Problem> {
  if (!isGiven("vpcZoneIdentifiers"))
    yield {
      property: "vpcZoneIdentifiers",
      reason: "vpcZoneIdentifiers is required and missing: instances are launched into subnets",
    };
}

function* tagProblems({ tags = [] }: Args): Iterable<Problem> {
  const keys = tags.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice) yield { property: "tags", reason: `tags names ${JSON.stringify(twice)} twice; remove one of them` };
}
