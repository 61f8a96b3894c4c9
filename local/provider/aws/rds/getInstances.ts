import type { DBInstance } from "@aws-sdk/client-rds";
import type { GetInstancesArgs, GetInstancesResult } from "@pulumi/aws/rds/getInstances.js";
import { ProviderError } from "../../core/errors.ts";
import { invocation } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { fromTags, instances, regionOf } from "./rds.ts";

/** What AWS can select by, of an instance (API_DescribeDBInstances.html). */
const FILTERS: Readonly<Record<string, (instance: DBInstance) => (string | undefined)[]>> = {
  "db-instance-id": ({ DBInstanceIdentifier, DBInstanceArn }) => [DBInstanceIdentifier, DBInstanceArn],
  "dbi-resource-id": ({ DbiResourceId }) => [DbiResourceId],
  engine: ({ Engine }) => [Engine],
};

function passes(instance: DBInstance, { name, values }: { name: string; values: string[] }): boolean {
  const told = FILTERS[name];
  if (told) return told(instance).some((value) => value !== undefined && values.includes(value));
  throw new ProviderError(
    `filters holds the name "${name}", by which no databases can be selected here; it must be one of ${Object.keys(FILTERS).join(", ")}`,
  );
}

export default invocation<Aws, GetInstancesArgs, GetInstancesResult>(async (call, { filters, tags = {} }) => {
  const found: DBInstance[] = [];
  for await (const instance of instances(call)) {
    const own = fromTags(instance.TagList);
    const isTagged = Object.entries(tags).every(([key, value]) => own[key] === value);
    if (isTagged && (filters ?? []).every((filter) => passes(instance, filter))) found.push(instance);
  }
  return {
    id: regionOf(call),
    filters,
    instanceArns: found.map(({ DBInstanceArn = "" }) => DBInstanceArn),
    instanceIdentifiers: found.map(({ DBInstanceIdentifier = "" }) => DBInstanceIdentifier),
    region: regionOf(call),
    tags,
  };
});
