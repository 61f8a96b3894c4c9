import type { Model } from "../../policy/model/model.ts";
import type { Resource } from "../../policy/model/resource.ts";
import { TYPES } from "../../policy/model/types.ts";
import type { Values } from "../../policy/model/values.ts";
import type { Role } from "./picture.ts";
import { isReplica } from "./replication.ts";
import { told } from "./scene.ts";
import type { Standing } from "./standing.ts";

export function roleOf(resource: Resource): Role {
  if (resource.type === TYPES.loadBalancer)
    return told(() => resource.flag("internal"), false) ? "inner-balancer" : "public-balancer";
  if (resource.type === TYPES.database) return isReplica(resource) ? "replica" : "database";
  return resource.type === TYPES.group ? "fleet" : "server";
}

const TITLES: Readonly<Record<Role, string>> = {
  internet: "Internet",
  outside: "Addresses outside",
  names: "DNS",
  "public-balancer": "Public load balancer",
  "inner-balancer": "Inner load balancer",
  fleet: "Fleet",
  server: "Server",
  database: "Database",
  replica: "Database replica",
};

export const titleOf = (role: Role): string => TITLES[role];

/** What a reader wants to know of it at a glance. What the plan does not show is left out. */
export function factsOf({ resource, parts }: Standing, model: Model): readonly string[] {
  const facts = FACTS[resource.type]?.(resource, parts, model) ?? [];
  return facts.filter((fact) => fact !== undefined && fact !== "") as string[];
}

type Facts = (resource: Resource, parts: readonly Resource[], model: Model) => readonly (string | undefined)[];

const FACTS: Readonly<Record<string, Facts>> = {
  [TYPES.loadBalancer]: (balancer) => {
    const guards = balancer.usedBy(TYPES.webAclAssociation, "resourceArn");
    return [
      guards.length > 0 ? "guarded by a web ACL" : undefined,
      told(() => balancer.flag("accessLogs.enabled"), false) ? "access logs" : undefined,
    ];
  },
  [TYPES.group]: (group, parts) => {
    const template = parts.find((part) => part.type === TYPES.launchTemplate);
    const [least, most] = [said(group, "minSize"), said(group, "maxSize")];
    const size = least === undefined || least === most ? most : `${least} to ${most}`;
    return [[size, template && said(template, "instanceType")].filter(Boolean).join(" × ")];
  },
  [TYPES.instance]: (instance) => [said(instance, "instanceType")],
  [TYPES.database]: (database) => [
    [
      [said(database, "engine"), said(database, "engineVersion")].filter(Boolean).join(" "),
      said(database, "instanceClass"),
    ]
      .filter(Boolean)
      .join(", "),
    [
      told(() => database.flag("multiAz"), false) ? "Multi-AZ" : "",
      told(() => (database.flag("storageEncrypted") ? "encrypted" : "not encrypted"), ""),
    ]
      .filter(Boolean)
      .join(", "),
  ],
};

const said = (values: Values, path: string): string | undefined => told(() => values.text(path), undefined);
