import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { RuleCases } from "../cases.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

const group = resource(TYPES.group);
const balanced = (inputs: Readonly<Record<string, unknown>> = {}) => group({ targetGroupArns: [UNKNOWN], ...inputs });
const policy = (minHealthyPercentage: number, maxHealthyPercentage: number) =>
  group({ instanceMaintenancePolicy: { minHealthyPercentage, maxHealthyPercentage } });
const refresh = (preferences: Readonly<Record<string, unknown>>, strategy = "Rolling") =>
  group({ instanceRefresh: { strategy, preferences } });
const UNSAFE = "it: its instanceRefresh may take away machines that serve, or does not roll back.";
const tag = (key: string, propagateAtLaunch = true) => ({ key, value: "x", propagateAtLaunch });
const broken = (change: Parameters<typeof breaks>[2], ...rules: readonly string[]) =>
  breaks(TYPES.group, "web-group", change, ...rules.map((rule) => `${rule}: web-group`));

/** A change of what production would be if it followed the rule. */
const mended = (mend: Parameters<typeof breaks>[2], change: Parameters<typeof breaks>[2], rule: string) =>
  broken({ ...change, after: [{ type: TYPES.group, name: "web-group", ...mend }] }, rule);
const types = (...instanceTypes: readonly string[]) => ({
  launchTemplate: { overrides: instanceTypes.map((instanceType) => ({ instanceType })) },
});

const EVENTS = ["LAUNCH", "LAUNCH_ERROR", "TERMINATE", "TERMINATE_ERROR"].map(
  (event) => `autoscaling:EC2_INSTANCE_${event}`,
);

export const scalingCases: Readonly<Record<string, RuleCases>> = {
  "group-balancer-health": {
    cases: [
      says("a group that asks the load balancer", [balanced({ healthCheckType: "ELB" })], "it: passed"),
      says("a group that asks both", [balanced({ healthCheckType: "EC2,ELB" })], "it: passed"),
      says("a group as AWS makes it", [balanced()], "it: its healthCheckType is EC2."),
      says(
        "a group whose targets only the deployment knows",
        [group({}, { from: { targetGroupArns: ["targets"] } }), { type: TYPES.targetGroup, name: "targets" }],
        "it: its healthCheckType is EC2.",
      ),
      says(
        "a group that is attached from outside",
        [group(), { type: TYPES.groupAttachment, name: "attachment", from: { autoscalingGroupName: ["it"] } }],
        "it: its healthCheckType is EC2.",
      ),
      says("a group without a load balancer", [group()], "it: not applicable"),
      says("what is not known yet", [balanced({ healthCheckType: UNKNOWN })], "it: undecidable by healthCheckType"),
    ],
    mutation: broken({ set: { healthCheckType: "EC2" } }, "group-balancer-health"),
  },
  "group-several-zones": {
    cases: [
      says(
        "two subnets that only the deployment knows",
        [group({ vpcZoneIdentifiers: [UNKNOWN, UNKNOWN] })],
        "it: passed",
      ),
      says("two zones", [group({ availabilityZones: ["a", "b"] })], "it: passed"),
      says("one subnet", [group({ vpcZoneIdentifiers: ["a"] })], "it: it has 1 subnet."),
      SILENT,
      says("what is not known yet", [group({ vpcZoneIdentifiers: UNKNOWN })], "it: undecidable by vpcZoneIdentifiers"),
    ],
    mutation: broken(
      { set: { vpcZoneIdentifiers: ["subnet-1"] }, from: { vpcZoneIdentifiers: ["network-application-1"] } },
      "group-several-zones",
      "zones-spread",
    ),
  },
  "group-launch-template": {
    cases: [
      says("a template", [group({ launchTemplate: { id: UNKNOWN } })], "it: passed"),
      says("a configuration", [group({ launchConfiguration: UNKNOWN })], "it: it has a launchConfiguration."),
      SILENT,
    ],
    mutation: broken({ set: { launchConfiguration: "old" } }, "group-launch-template"),
  },
  "group-two-machines": {
    cases: [
      says("two machines", [group({ minSize: 2 })], "it: passed"),
      says("one machine", [group({ minSize: 1 })], "it: its minSize is 1, less than 2."),
      SILENT,
      says("what is not known yet", [group({ minSize: UNKNOWN })], "it: undecidable by minSize"),
    ],
    mutation: broken({ set: { minSize: 1 } }, "group-two-machines"),
  },
  "group-can-grow": {
    cases: [
      says("room", [group({ minSize: 2, maxSize: 3 })], "it: passed"),
      says("no room", [group({ minSize: 2, maxSize: 2 })], "it: its minSize is 2, and its maxSize 2."),
      SILENT,
      says("what is not known yet", [group({ minSize: 2, maxSize: UNKNOWN })], "it: undecidable by maxSize"),
    ],
    mutation: broken({ set: { maxSize: 2 } }, "group-can-grow"),
  },
  "group-capacity-left-to-policies": {
    cases: [
      says("a group that says nothing of it", [group()], "it: passed"),
      says(
        "a group that says what to begin with",
        [group({ desiredCapacity: 2 }, { options: { ignoreChanges: ["desiredCapacity"] } })],
        "it: passed",
      ),
      says(
        "a group that takes over with as many machines as it waits for",
        [group({ desiredCapacity: 4, minElbCapacity: 4 })],
        "it: passed",
      ),
      says(
        "a group that waits for fewer",
        [group({ desiredCapacity: 4, waitForElbCapacity: 2 })],
        "it: its desiredCapacity is set, and its changes are not ignored.",
      ),
      says(
        "a group that says it each time",
        [group({ desiredCapacity: 2 })],
        "it: its desiredCapacity is set, and its changes are not ignored.",
      ),
      SILENT,
    ],
    mutation: broken({ set: { minElbCapacity: undefined } }, "group-capacity-left-to-policies"),
  },
  "group-rolls": {
    cases: [
      says("a fleet beside the old one", [policy(100, 200)], "it: passed"),
      says("a tenth beside the old one", [policy(100, 110)], "it: passed"),
      says("half of a fleet", [policy(50, 110)], "it: its instanceMaintenancePolicy keeps 50 to 110 percent healthy."),
      says(
        "no room beside it",
        [policy(100, 100)],
        "it: its instanceMaintenancePolicy keeps 100 to 100 percent healthy.",
      ),
      says("too much room", [policy(100, 201)], "it: its instanceMaintenancePolicy keeps 100 to 201 percent healthy."),
      says("a refresh that takes care", [refresh({ autoRollback: true })], "it: passed"),
      says("a refresh that does not go back", [refresh({})], UNSAFE),
      says("a refresh of half the fleet", [refresh({ autoRollback: true, minHealthyPercentage: 50 })], UNSAFE),
      says("another kind of refresh", [refresh({ autoRollback: true }, "ReplaceRootVolume")], UNSAFE),
      says("nothing", [group()], "it: it has neither instanceMaintenancePolicy nor instanceRefresh."),
      SILENT,
      says(
        "what is not known yet",
        [group({ instanceMaintenancePolicy: UNKNOWN })],
        "it: undecidable by instanceMaintenancePolicy.minHealthyPercentage",
      ),
    ],
    mutation: broken({ set: { "instanceMaintenancePolicy.minHealthyPercentage": 50 } }, "group-rolls"),
  },
  "group-grace-and-warmup": {
    cases: [
      says("time to start", [group({ healthCheckGracePeriod: 900, defaultInstanceWarmup: 120 })], "it: passed"),
      says("the shortest grace", [group({ healthCheckGracePeriod: 30, defaultInstanceWarmup: 120 })], "it: passed"),
      says("AWS's own grace", [group({ defaultInstanceWarmup: 120 })], "it: passed"),
      says(
        "no time",
        [group({ healthCheckGracePeriod: 0, defaultInstanceWarmup: 120 })],
        "it: its healthCheckGracePeriod is 0 seconds.",
      ),
      says("an hour", [group({ healthCheckGracePeriod: 3600 })], "it: its healthCheckGracePeriod is 3600 seconds."),
      says("no warmup", [group()], "it: its defaultInstanceWarmup is not set."),
      SILENT,
      says(
        "what is not known yet",
        [group({ healthCheckGracePeriod: UNKNOWN })],
        "it: undecidable by healthCheckGracePeriod",
      ),
    ],
    mutation: broken({ set: { defaultInstanceWarmup: undefined } }, "group-grace-and-warmup"),
  },
  "group-notifies": {
    cases: [
      says(
        "a group that tells of all",
        [
          group(),
          {
            type: TYPES.groupNotification,
            name: "told",
            inputs: { notifications: EVENTS },
            from: { groupNames: ["it"] },
          },
        ],
        "it: passed",
      ),
      says("a group that tells nobody", [group()], `it: nobody is told of ${EVENTS.join(", ")}.`),
      says(
        "what is not known yet",
        [
          group(),
          {
            type: TYPES.groupNotification,
            name: "told",
            inputs: { notifications: UNKNOWN },
            from: { groupNames: ["it"] },
          },
        ],
        "it: undecidable by notifications",
      ),
      SILENT,
    ],
    mutation: breaks(
      TYPES.groupNotification,
      "told",
      {
        set: { notifications: EVENTS.slice(1) },
        after: [
          {
            type: TYPES.groupNotification,
            name: "told",
            added: true,
            set: { notifications: EVENTS },
            from: { groupNames: ["web-group"] },
          },
        ],
      },
      "group-notifies: web-group",
    ),
  },
  "group-several-types": {
    cases: [
      says(
        "two types",
        [
          group({
            mixedInstancesPolicy: types("a", "b"),
          }),
        ],
        "it: passed",
      ),
      says("one type", [group({ launchTemplate: { id: UNKNOWN } })], "it: it has one type only."),
      SILENT,
      says(
        "what is not known yet",
        [group({ mixedInstancesPolicy: { launchTemplate: { overrides: UNKNOWN } } })],
        "it: undecidable by mixedInstancesPolicy.launchTemplate.overrides",
      ),
    ],
    mutation: mended(
      { set: { mixedInstancesPolicy: types("m7g.large", "m6g.large") } },
      { set: { mixedInstancesPolicy: types("m7g.large") } },
      "group-several-types",
    ),
  },
  "group-tags-machines": {
    cases: [
      says(
        "tags of the group",
        [group({ tags: ["Name", "project", "environment", "tier"].map((key) => tag(key)) })],
        "it: passed",
      ),
      says(
        "tags of its template",
        [
          group({}, { from: { launchTemplate: ["template"] } }),
          {
            type: TYPES.launchTemplate,
            name: "template",
            inputs: {
              tagSpecifications: [
                { resourceType: "instance", tags: { Name: "n", project: "p", environment: "e", tier: "t" } },
              ],
            },
          },
        ],
        "it: passed",
      ),
      says(
        "tags of the template of several types",
        [
          group({}, { from: { mixedInstancesPolicy: ["template"] } }),
          {
            type: TYPES.launchTemplate,
            name: "template",
            inputs: {
              tagSpecifications: [
                { resourceType: "instance", tags: { Name: "n", project: "p", environment: "e", tier: "t" } },
              ],
            },
          },
        ],
        "it: passed",
      ),
      says(
        "tags that stay with the group",
        [group({ tags: [tag("Name"), tag("project", false)] })],
        "it: its machines have no tag project, environment, tier.",
      ),
      SILENT,
      says("what is not known yet", [group({ tags: UNKNOWN })], "it: undecidable by tags"),
    ],
    mutation: breaks(
      TYPES.launchTemplate,
      "web-template",
      { set: { tagSpecifications: undefined } },
      "group-tags-machines: web-group",
    ),
  },
  "group-not-suspended": {
    cases: [
      says("a group as AWS makes it", [group()], "it: passed"),
      says(
        "suspended processes",
        [group({ suspendedProcesses: ["ReplaceUnhealthy", "AZRebalance"] })],
        "it: it has suspended ReplaceUnhealthy, AZRebalance.",
      ),
      says(
        "protected machines",
        [group({ protectFromScaleIn: true })],
        "it: its machines are protected from scaling in.",
      ),
      SILENT,
      says("what is not known yet", [group({ suspendedProcesses: UNKNOWN })], "it: undecidable by suspendedProcesses"),
    ],
    mutation: broken({ set: { suspendedProcesses: ["Launch"] } }, "group-not-suspended"),
  },
};
