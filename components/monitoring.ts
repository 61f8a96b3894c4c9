import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account.ts";
import type { Coverage, Unwatched } from "./alarms/coverage.ts";
import { metricAlarmArgs } from "./alarms/metric-alarm.ts";
import { SITE_IS_DOWN, siteIsDownRule } from "./alarms/site-is-down.ts";
import type { Thresholds } from "./alarms/thresholds.ts";
import { consoleUrl, dashboardBody } from "./dashboard.ts";
import type { Tagger } from "./tagger.ts";
import { Topic } from "./topic.ts";
import { balancerPart, databasePart, type Monitored, type Watched, watched, waysThrough } from "./watched.ts";

export interface MonitoringArgs extends Monitored {
  readonly settings: {
    /** Who is told. */
    readonly emails: readonly string[];
    readonly dashboard: boolean;
    readonly alarms: Thresholds;
  };
  /**
   * What names start with that AWS wants to be given: letters, digits and hyphens, and no other stack in the region has it.
   */
  readonly namePrefix: string;
  readonly account: Account;
  /** Shown on the dashboard, by what CloudWatch calls it. */
  readonly webAcl?: { readonly metricName: pulumi.Input<string> };
  /** Shown on the dashboard. */
  readonly zoneId?: pulumi.Input<string>;
  /** What has no alarm, for the list of what has which. @default nothing */
  readonly unwatched?: readonly Unwatched[];
  /** The key of the topic, which CloudWatch may use. */
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly tags: Tagger;
}

/**
 * Alarms for every tier, one that pages, whoever is told, and a dashboard.
 *
 * All alarms tell the same topic, those that `site-is-down` is made of included: it says that somebody has to get up, and they say where to look.
 * What each alarm means is in docs/alarms.md.
 */
export class Monitoring extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;
  /** What is watched by which alarms, and what is not. */
  readonly coverage: readonly Coverage[];
  /** In the console of AWS. */
  readonly dashboardUrl?: pulumi.Output<string>;

  constructor(name: string, args: MonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:monitoring:Monitoring", name, {}, opts);
    const { settings, account, kmsKeyArn, tags } = args;
    const owned = { parent: this };

    const topic = new Topic(`${name}-topic`, { account, emails: settings.emails, kmsKeyArn, tags }, owned);
    const actions = { alarmActions: [topic.arn], okActions: [topic.arn] };
    const resources = watched(args, settings.alarms);
    const alarms = new Map(resources.flatMap((resource) => alarmsOf(name, resource, { ...actions, tags }, owned)));
    const parts = partsOf(args, alarms);
    const siteIsDown = new aws.cloudwatch.CompositeAlarm(
      `${name}-${SITE_IS_DOWN.name}`,
      {
        alarmName: `${args.namePrefix}-${SITE_IS_DOWN.name}`,
        alarmDescription: `${SITE_IS_DOWN.means} ${SITE_IS_DOWN.act}`,
        alarmRule: pulumi
          .all([namesOf(parts.ways), parts.shared.map((alarm) => alarm.name)])
          .apply(([ways, shared]) => siteIsDownRule({ ways, shared })),
        ...actions,
        tags: tags.named(`${name}-${SITE_IS_DOWN.name}`),
      },
      owned,
    );
    if (settings.dashboard) {
      const shown = [siteIsDown, ...parts.ways.flat(), ...parts.shared].map(({ arn }) => arn);
      const made = dashboard(name, args, shown, owned);
      this.dashboardUrl = made.dashboardName.apply((dashboardName) => consoleUrl(account.region, dashboardName));
    }

    this.topicArn = topic.arn;
    this.coverage = [
      { resource: "the site", alarms: [SITE_IS_DOWN.name], gaps: [] },
      ...resources.map(({ resource, watch: { alarms, gaps } }) => ({
        resource,
        alarms: alarms.map((alarm) => alarm.name),
        gaps,
      })),
      ...(args.unwatched ?? []).map(({ resource, reason }) => ({ resource, alarms: [], gaps: [`all: ${reason}`] })),
    ];
    this.registerOutputs({ topicArn: this.topicArn, coverage: this.coverage, dashboardUrl: this.dashboardUrl });
  }
}

interface Common {
  readonly alarmActions: readonly pulumi.Output<string>[];
  readonly okActions: readonly pulumi.Output<string>[];
  readonly tags: Tagger;
}

type Alarms = ReadonlyMap<string, aws.cloudwatch.MetricAlarm>;

/** The alarms of a resource, by their names among all. */
function alarmsOf(
  name: string,
  { part, watch, dimensions }: Watched,
  { alarmActions, okActions, tags }: Common,
  owned: pulumi.CustomResourceOptions,
) {
  return watch.alarms.map((definition) => {
    const key = `${part}-${definition.name}`;
    const args = {
      ...metricAlarmArgs(definition, dimensions),
      alarmActions: [...alarmActions],
      okActions: [...okActions],
      tags: tags.named(`${name}-${key}`),
    };
    return [key, new aws.cloudwatch.MetricAlarm(`${name}-${key}`, args, owned)] as const;
  });
}

/** What takes the site down: a tier without a healthy server on every way, or the loss of the database that takes the writes. */
function partsOf({ balancers, databases }: Monitored, alarms: Alarms) {
  const made = (key: string) => {
    const alarm = alarms.get(key);
    if (alarm === undefined) throw new Error(`there is no alarm ${key}`);
    return alarm;
  };
  return {
    ways: waysThrough(balancers).map((set) => set.map((balancer) => made(`${balancerPart(balancer.name)}-no-hosts`))),
    shared: databases.flatMap(({ name, role }) => (role === "writer" ? [made(`${databasePart(name)}-silent`)] : [])),
  };
}

const namesOf = (ways: readonly (readonly aws.cloudwatch.MetricAlarm[])[]) =>
  pulumi.all(ways.map((alarms) => pulumi.all(alarms.map((alarm) => alarm.name))));

function dashboard(
  name: string,
  args: MonitoringArgs,
  alarmArns: readonly pulumi.Output<string>[],
  owned: pulumi.CustomResourceOptions,
) {
  const { account, balancers, fleets, databases, webAcl, zoneId } = args;
  const content = pulumi.output({
    alarmArns,
    balancers,
    fleets,
    databases,
    webAclMetricName: webAcl?.metricName,
    zoneId,
  });
  return new aws.cloudwatch.Dashboard(
    `${name}-dashboard`,
    {
      dashboardName: args.namePrefix,
      dashboardBody: content.apply((known) => JSON.stringify(dashboardBody({ ...known, region: account.region }))),
    },
    owned,
  );
}
