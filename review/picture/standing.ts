import { subnetsOf } from "../../policy/graph/places.ts";
import { groupsOf, targetsOf } from "../../policy/graph/users.ts";
import type { Model } from "../../policy/model/model.ts";
import type { Resource } from "../../policy/model/resource.ts";
import { TYPES } from "../../policy/model/types.ts";
import { sourceOf } from "./replication.ts";
import { told } from "./scene.ts";

/** Something on the way of a request, with what makes it what it is. */
export interface Standing {
  readonly resource: Resource;
  /** The security groups that it is behind. */
  readonly firewalls: readonly Resource[];
  /** The subnets that it is in, as far as they are of this stack. */
  readonly subnets: readonly Resource[];
  /** Itself, and what belongs to it alone: listeners, groups of targets, templates. */
  readonly parts: readonly Resource[];
}

/** The load balancers, fleets, servers and databases of a stack. */
export function standingIn(model: Model): readonly Standing[] {
  return [
    ...model.all(TYPES.loadBalancer).map(balancer),
    ...model.all(TYPES.group).map((group) => fleet(group, model)),
    ...model.all(TYPES.instance).map(server),
    ...model.all(TYPES.database).map((database) => databaseOf(database, model)),
  ];
}

function balancer(resource: Resource): Standing {
  const listeners = resource.usedBy(TYPES.listener, "loadBalancerArn");
  const rules = listeners.flatMap((listener) => listener.usedBy(TYPES.listenerRule, "listenerArn"));
  return {
    resource,
    firewalls: resource.references("securityGroups", TYPES.securityGroup),
    subnets: told(() => subnetsOf(resource), []),
    parts: [resource, ...listeners, ...rules, ...targetsOf(resource)],
  };
}

/** The templates that the machines of a scaling group are made from. */
function templatesOf(group: Resource, model: Model): readonly Resource[] {
  return model.all(TYPES.launchTemplate).filter((template) => groupsOf(template).includes(group));
}

function fleet(resource: Resource, model: Model): Standing {
  const templates = templatesOf(resource, model);
  const firewalls = templates.flatMap((template) =>
    ["vpcSecurityGroupIds", "networkInterfaces"].flatMap((property) =>
      template.references(property, TYPES.securityGroup),
    ),
  );
  return {
    resource,
    firewalls,
    subnets: told(() => subnetsOf(resource), []),
    parts: [resource, ...templates, ...resource.usedBy(SCALING_POLICY, "autoscalingGroupName")],
  };
}

const SCALING_POLICY = "aws:autoscaling/policy:Policy";

function server(resource: Resource): Standing {
  const interfaces = ["primaryNetworkInterface", "networkInterfaces"].flatMap((property) =>
    resource.references(property, TYPES.networkInterface),
  );
  const firewalls = [
    ...resource.references("vpcSecurityGroupIds", TYPES.securityGroup),
    ...interfaces.flatMap((each) => each.references("securityGroups", TYPES.securityGroup)),
  ];
  const subnets = [resource, ...interfaces].flatMap((each) => each.references("subnetId", TYPES.subnet));
  return { resource, firewalls, subnets, parts: [resource, ...interfaces, ...addressesOf(resource, interfaces)] };
}

/** The fixed addresses by which a server is reached. */
function addressesOf(instance: Resource, interfaces: readonly Resource[]): readonly Resource[] {
  const associations = [
    ...instance.usedBy(TYPES.eipAssociation, "instanceId"),
    ...interfaces.flatMap((each) => each.usedBy(TYPES.eipAssociation, "networkInterfaceId")),
  ];
  const addresses = associations.flatMap((association) => association.references("allocationId", TYPES.eip));
  return [...associations, ...addresses, ...instance.usedBy(TYPES.eip, "instance")];
}

function databaseOf(resource: Resource, model: Model): Standing {
  // A replica in the network of its source says nothing of subnets.
  const placed = resource.isSet("dbSubnetGroupName") ? resource : (sourceOf(resource, model) ?? resource);
  const groups = placed.references("dbSubnetGroupName", TYPES.subnetGroup);
  return {
    resource,
    firewalls: resource.references("vpcSecurityGroupIds", TYPES.securityGroup),
    subnets: groups.flatMap((group) => told(() => subnetsOf(group), [])),
    parts: [resource],
  };
}
