import type { Value } from "../../plan/values.ts";
import type { Context } from "../pricing.ts";
import { asText, type Read, textOf } from "../read.ts";
import { propertyOf, type Resource } from "../resource.ts";

const INSTANCE = "aws:rds/instance:Instance";

/** Where a database comes from, as far as the plan shows. */
export interface Lineage {
  /** The instance first, then what it replicates, and what that replicates. */
  readonly instances: readonly Resource[];
  readonly isReplica: boolean;
}

export function lineageOf(resource: Resource, { graph }: Context): Lineage {
  const instances: Resource[] = [];
  let next: Resource | undefined = resource;
  while (next !== undefined && !instances.includes(next)) {
    instances.push(next);
    next = graph.behind(next, "replicateSourceDb", INSTANCE)[0];
  }
  const source = asText(resource.inputs.replicateSourceDb);
  return { instances, isReplica: source !== undefined && source !== "" };
}

/** A property that a replica takes over from its source unless it has its own. */
export function inherited({ instances }: Lineage, property: string): Value | undefined {
  return instances.map((instance) => propertyOf(instance, property)).find((value) => value !== undefined);
}

/** As the provider calls it, and the price book. */
export const engineOf = (lineage: Lineage): Read<string> => asText(inherited(lineage, "engine"));

/** As the price book has it. A replica is what it is told to be, whatever its source is. */
export const deploymentOf = (multiAz: boolean): "single" | "multi" => (multiAz ? "multi" : "single");

export const classOf = (resource: Resource): Read<string> => textOf(resource, "instanceClass");
