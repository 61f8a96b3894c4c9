import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import type { IssuedCertificate } from "./certificate.ts";
import type { Tagger } from "./tagger.ts";

export interface OwnAuthorityArgs {
  /** The site whose names the authority certifies. It has 64 letters at most, as all parts of a subject do (RFC 5280, upper bounds). */
  readonly domain: string;
  readonly tags: Tagger;
}

const YEAR_HOURS = 365 * 24;

/** Browsers that trust an authority of one's own refuse certificates of more than 825 days. */
const CERTIFICATE_HOURS = YEAR_HOURS;

const AUTHORITY_HOURS = 10 * YEAR_HOURS;

/**
 * A certificate authority of the stack's own, for a domain that no public authority can see. Whoever visits the site has to trust it first.
 *
 * Its key never leaves the state, where it is a secret. Any update in the last third of a certificate's time renews it: the one that ACM holds in
 * place, so that load balancers keep it, and that of the authority with the same key, so that whoever trusts the old one trusts what it signs.
 */
export class OwnAuthority extends pulumi.ComponentResource {
  /** The authority's certificate as PEM: what others need in order to trust it, and no secret. */
  readonly certificatePem: pulumi.Output<string>;
  readonly #name: string;
  readonly #tags: Tagger;
  readonly #privateKeyPem: pulumi.Output<string>;

  constructor(name: string, { domain, tags }: OwnAuthorityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:own-authority:OwnAuthority", name, {}, opts);
    const owned = { parent: this };

    const key = new tls.PrivateKey(`${name}-key`, KEY, owned);
    const certificate = new tls.SelfSignedCert(
      `${name}-certificate`,
      {
        privateKeyPem: key.privateKeyPem,
        subject: { commonName: "Webstack authority", organization: domain },
        isCaCertificate: true,
        // It signs certificates of hosts, and no further authorities.
        maxPathLength: 0,
        setSubjectKeyId: true,
        allowedUses: ["cert_signing", "crl_signing"],
        ...renewedInTime(AUTHORITY_HOURS),
      },
      owned,
    );

    this.#name = name;
    this.#tags = tags;
    this.#privateKeyPem = key.privateKeyPem;
    this.certificatePem = certificate.certPem;
    this.registerOutputs({ certificatePem: this.certificatePem });
  }

  /** Makes a certificate and gives it to ACM, for load balancers to use. `part` tells it from others of this authority; the first name has 64 letters at most. */
  issue(part: string, names: readonly [string, ...string[]]): IssuedCertificate {
    const name = `${this.#name}-${part}`;
    const owned = { parent: this };

    const key = new tls.PrivateKey(`${name}-key`, KEY, owned);
    const request = new tls.CertRequest(
      `${name}-request`,
      { privateKeyPem: key.privateKeyPem, subject: { commonName: names[0] }, dnsNames: [...names] },
      owned,
    );
    const signed = new tls.LocallySignedCert(
      `${name}-signed`,
      {
        certRequestPem: request.certRequestPem,
        caPrivateKeyPem: this.#privateKeyPem,
        caCertPem: this.certificatePem,
        setSubjectKeyId: true,
        allowedUses: ["digital_signature", "server_auth"],
        ...renewedInTime(CERTIFICATE_HOURS),
      },
      owned,
    );
    const imported = new aws.acm.Certificate(
      `${name}-certificate`,
      {
        privateKey: key.privateKeyPem,
        certificateBody: signed.certPem,
        certificateChain: this.certificatePem,
        tags: this.#tags.named(`${name}-certificate`),
      },
      owned,
    );
    return { arn: imported.arn, names };
  }
}

/** Load balancers take no Ed25519, and ACM wants the key of a certificate to be of the kind that signs it. Source: ACM user guide, prerequisites for import. */
const KEY = { algorithm: "ECDSA", ecdsaCurve: "P256" };

function renewedInTime(validityPeriodHours: number) {
  return { validityPeriodHours, earlyRenewalHours: validityPeriodHours / 3 };
}
