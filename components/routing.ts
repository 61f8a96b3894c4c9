import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { knownAfter } from "./known-after.ts";
import type { Tagger } from "./tagger.ts";

/** What the parts of a network have in common. */
export interface Place {
  readonly name: string;
  readonly vpc: aws.ec2.Vpc;
  readonly cidr: string;
  readonly ipv6: boolean;
  readonly region: string | undefined;
  readonly tags: Tagger;
  readonly owned: pulumi.CustomResourceOptions;
}

/** A tier's subnets, known once they are routed, and its route tables. */
export interface Routed {
  readonly subnetIds: readonly pulumi.Output<string>[];
  readonly tableIds: readonly pulumi.Output<string>[];
  readonly routes: readonly aws.ec2.Route[];
}

/**
 * Gives a subnet its route table.
 *
 * @returns the subnet's id, known when the routes are there too
 */
export function routed(
  name: string,
  { id }: aws.ec2.Subnet,
  table: aws.ec2.RouteTable,
  routes: readonly aws.ec2.Route[],
  owned: pulumi.CustomResourceOptions,
  region?: string,
): pulumi.Output<string> {
  const association = new aws.ec2.RouteTableAssociation(
    name,
    { ...(region && { region }), subnetId: id, routeTableId: table.id },
    owned,
  );
  return knownAfter(id, [association, ...routes]);
}
