import * as pulumi from "@pulumi/pulumi";
import type { InstanceSettings } from "../components/database-instance.ts";
import type { BalancedSettings } from "./settings/architectures.ts";
import { describe, shown } from "./settings/problems.ts";
import type { Place } from "./settings.ts";

/** The newest long-term version of each engine that RDS offers and the application is tested with. */
const NEWEST = { mysql: "8.4", mariadb: "11.8" } as const;

/** RDS takes 63 characters, of which the part by chance, the slot and the hyphens need 20. */
const LONGEST_PREFIX = 30;

/** The configuration of the database as its instances are made from it. */
export function instanceSettings(
  { database, protection }: BalancedSettings,
  secret: Pick<InstanceSettings, "password" | "kmsKeyArn">,
): InstanceSettings {
  const { name, version = NEWEST[database.engine], ...settings } = database;
  return { ...settings, ...secret, version, databaseName: name, protect: protection.deletion };
}

/** What the identifiers of a stack's instances start with. Stack names may hold what RDS refuses. */
export function identifierPrefix({ project, stack }: Place): string {
  const words = `${project}-${stack}`.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const prefix = words.join("-").replace(/^[0-9-]+/, "");
  return prefix.slice(0, LONGEST_PREFIX).replace(/-$/, "") || "webstack";
}

/** @throws RunError if the other region is the one of the stack */
export function checkReplicaRegion(region: string, replicaRegion: string | undefined, { project, stack }: Place): void {
  if (replicaRegion !== region) return;
  const path = ["database", "replicaRegion"];
  const complaint = `is ${shown(region)}, the region of the stack itself. It must be another one.`;
  throw new pulumi.RunError(describe(project, stack, [{ path, complaint, fix: { remove: path } }]));
}
