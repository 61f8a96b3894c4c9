import type { Plan } from "../../plan/plan.ts";
import { canonical } from "../../policy/model/types.ts";
import type { Change, Entry, Group } from "./picture.ts";
import { wordFor } from "./scene.ts";
import { counted, nounOf } from "./words.ts";

/** What types are for. The first that fits counts. */
const PURPOSES: readonly (readonly [title: string, types: RegExp])[] = [
  ["Logs", /^aws:cloudwatch\/(log|query)|^aws:ec2\/flowLog:|^aws:route53\/queryLog|^aws:wafv2\/webAclLogging/],
  ["Alarms and budgets", /^aws:(cloudwatch|sns|budgets)\//],
  ["Names", /^aws:route53\//],
  ["Certificates", /^aws:(acm|acmpca)\/|^tls:/],
  ["Keys and secrets", /^aws:(kms|secretsmanager|ssm)\/|^random:/],
  ["Buckets and disks", /^aws:(s3|ebs|efs|backup)\//],
  ["Permissions", /^aws:iam\//],
  ["Guards", /^aws:(wafv2|shield|guardduty)\//],
  ["Network and firewall", /^aws:(ec2|vpc)\/(?!instance:|launchTemplate:)|^aws:ec2transitgateway\//],
  ["Databases", /^aws:rds\//],
  ["Servers and balancing", /^aws:(ec2|lb|autoscaling)\//],
];

const OTHERS = "Everything else";

/** What has no place of its own in the picture, by what it is for. */
export function asideOf(plan: Plan, placed: ReadonlySet<string>): readonly Group[] {
  const rest = plan.changes.filter(({ urn, type, before, after }) => {
    const made = (after ?? before)?.custom ?? true;
    return made && !/^pulumi:(pulumi|providers):/.test(type) && !placed.has(urn);
  });
  const byTitle = Map.groupBy(rest, ({ type }) => purposeOf(type));
  return [...PURPOSES.map(([title]) => title), OTHERS].flatMap((title) => {
    const entries = [...Map.groupBy(byTitle.get(title) ?? [], ({ type }) => canonical(type))].map(([type, changes]) =>
      entryOf(
        type,
        changes.map(({ urn, name, kind }) => ({ urn, name, change: wordFor(kind) })),
      ),
    );
    return entries.length === 0 ? [] : [{ title, entries: entries.toSorted(byCount) }];
  });
}

function purposeOf(type: string): string {
  return PURPOSES.find(([, types]) => types.test(canonical(type)))?.[0] ?? OTHERS;
}

const entryOf = (type: string, resources: Entry["resources"]): Entry => ({
  title: counted(resources.length, spoken(type)),
  resources,
});

/** Types of AWS by their nouns; those of others are told apart by their provider. */
function spoken(type: string): string {
  const [provider = ""] = type.split(":");
  const noun = nounOf(type);
  return provider === "aws" || noun.startsWith(provider) ? noun : `${provider} ${noun}`;
}

const byCount = (a: Entry, b: Entry): number =>
  b.resources.length - a.resources.length || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0);

/** How many of an entry change in which way. */
export function tallyOf({ resources }: Entry): readonly (readonly [Change, number])[] {
  const counts = Map.groupBy(resources, ({ change }) => change);
  return (["new", "changed", "replaced", "removed"] as const).flatMap((change) => {
    const count = counts.get(change)?.length ?? 0;
    return count > 0 ? [[change, count] as const] : [];
  });
}
