import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account.ts";
import { hostedZoneArn } from "./arn.ts";
import { keyPolicy } from "./key-policy.ts";
import { knownAfter } from "./known-after.ts";
import type { Tagger } from "./tagger.ts";

export interface DnssecArgs {
  readonly account: Account;
  /** A public zone. */
  readonly zoneId: pulumi.Input<string>;
  /** Whether signing refuses to be turned off, which takes the domain down while the registrar still has the DS record. */
  readonly protect: boolean;
  readonly tags: Tagger;
}

/** Route 53 takes keys of this region only, wherever the stack is. */
const KEY_REGION = "us-east-1";

/** Route 53 takes no hyphens here, which names by chance would have, and wants the name to be the only one of its zone. */
const KEY_NAME = "webstack";

/**
 * Signs a zone, so that resolvers which check signatures take no false answers for it.
 *
 * They check only once the registrar has the DS record, and from then on refuse what is not signed: docs/dnssec.md tells the order.
 */
export class Dnssec extends pulumi.ComponentResource {
  /** What the registrar enters. Known once the zone is signed. */
  readonly dsRecord: pulumi.Output<string>;

  constructor(name: string, args: DnssecArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:dnssec:Dnssec", name, {}, opts);
    const { zoneId, protect, tags } = args;
    const owned = { parent: this };

    const key = new aws.kms.Key(
      `${name}-key`,
      {
        region: KEY_REGION,
        description: "Signs the key of a DNS zone",
        customerMasterKeySpec: "ECC_NIST_P256",
        keyUsage: "SIGN_VERIFY",
        deletionWindowInDays: protect ? 30 : 7,
        policy: signingPolicy(args),
        tags: tags.named(`${name}-key`),
      },
      owned,
    );
    const signingKey = new aws.route53.KeySigningKey(
      `${name}-signing-key`,
      { hostedZoneId: zoneId, keyManagementServiceArn: key.arn, name: KEY_NAME, status: "ACTIVE" },
      owned,
    );
    const signing = new aws.route53.HostedZoneDnsSec(
      `${name}-signing`,
      { hostedZoneId: signingKey.hostedZoneId, signingStatus: "SIGNING" },
      { ...owned, protect },
    );

    this.dsRecord = knownAfter(signingKey.dsRecord, [signing]);
    this.registerOutputs({ dsRecord: this.dsRecord });
  }
}

/** Lets Route 53 sign for this zone. Source: Route 53 developer guide, customer managed keys for DNSSEC. */
function signingPolicy({ account, zoneId }: DnssecArgs): pulumi.Output<string> {
  const principal = { Service: "dnssec-route53.amazonaws.com" };
  const forZone = {
    StringEquals: { "aws:SourceAccount": account.id },
    ArnEquals: { "aws:SourceArn": pulumi.output(zoneId).apply((zone) => hostedZoneArn(account, zone)) },
  };
  return keyPolicy(account, [
    { principal, actions: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"], condition: forZone },
    {
      principal,
      actions: ["kms:CreateGrant"],
      condition: { ...forZone, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ]);
}
