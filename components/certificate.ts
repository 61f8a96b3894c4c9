import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tagger } from "./tagger.ts";

/** A certificate that load balancers can use. */
export interface IssuedCertificate {
  readonly arn: pulumi.Output<string>;
  /** Host names that it is for. One that starts with `*.` is for all names with one label more. */
  readonly names: readonly string[];
}

export interface CertificateArgs {
  /** Host names, all of them in the zone. Another one, or another order, makes another certificate. */
  readonly names: readonly [string, ...string[]];
  /** The public zone in which ACM looks for the proof that the names are ours. */
  readonly zoneId: pulumi.Input<string>;
  /** Whether `arn` is known only once ACM has issued the certificate. */
  readonly wait: boolean;
  readonly tags: Tagger;
}

/** How long resolvers may keep a proof, which stays the same as long as account and name do. */
const PROOF_TTL_SECONDS = 300;

/**
 * A certificate that ACM issues, and renews by itself as long as the records that prove the names stay.
 *
 * ACM sees the records only when the registrar delegates the domain to the zone. Until then it does not issue, and an update that waits goes on
 * waiting, for 75 minutes at most.
 */
export class Certificate extends pulumi.ComponentResource implements IssuedCertificate {
  readonly arn: pulumi.Output<string>;
  readonly names: readonly string[];

  constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:certificate:Certificate", name, {}, opts);
    const { names, zoneId, wait, tags } = args;
    const owned = { parent: this };

    const [domainName, ...others] = names;
    const certificate = new aws.acm.Certificate(
      `${name}-certificate`,
      {
        domainName,
        ...(others.length > 0 && { subjectAlternativeNames: others }),
        validationMethod: "DNS",
        tags: tags.named(`${name}-certificate`),
      },
      owned,
    );
    const proofs = provenNames(names).map(
      (proven) =>
        // Named by what it proves: a record that changes places in a list would be made again before the same one is deleted.
        new aws.route53.Record(
          `${name}-${proven}`,
          { zoneId, ttl: PROOF_TTL_SECONDS, ...proof(certificate, proven) },
          owned,
        ),
    );
    const issued = () =>
      new aws.acm.CertificateValidation(
        `${name}-issued`,
        { certificateArn: certificate.arn, validationRecordFqdns: proofs.map(({ fqdn }) => fqdn) },
        owned,
      );

    this.arn = wait ? issued().certificateArn : certificate.arn;
    this.names = names;
    this.registerOutputs({ arn: this.arn, names });
  }
}

/** Names that need a record of their own: a wildcard shares that of the name it stands before. */
function provenNames(names: readonly string[]): readonly string[] {
  return [...new Set(names.map(base))];
}

const base = (name: string): string => name.replace(/^\*\./, "");

/** What ACM wants to see in the zone. That it wants a record for a name is known before; what is in it, only from ACM. */
function proof({ domainValidationOptions }: aws.acm.Certificate, proven: string) {
  const wanted = domainValidationOptions.apply((options) => {
    const found = options.find(({ domainName }) => base(domainName) === proven);
    if (found === undefined) throw new Error(`ACM asks for no record that proves ${proven}.`);
    return found;
  });
  return {
    name: wanted.resourceRecordName,
    type: wanted.resourceRecordType,
    records: [wanted.resourceRecordValue],
  };
}
