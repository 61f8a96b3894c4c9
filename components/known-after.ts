import * as pulumi from "@pulumi/pulumi";

/**
 * A value that is known only once some resources are there, so that whatever uses it comes after them. It waits for their URNs, which a preview knows
 * of new resources too: for ids it would call a value unknown that stays as it is, and announce that all that depends on it is replaced.
 */
export function knownAfter(value: pulumi.Output<string>, resources: readonly pulumi.Resource[]): pulumi.Output<string> {
  return pulumi.all([value, pulumi.all(resources.map(({ urn }) => urn))]).apply(([known]) => known);
}
