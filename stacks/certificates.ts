import * as pulumi from "@pulumi/pulumi";
import { Certificate, type IssuedCertificate } from "../components/certificate.ts";
import { OwnAuthority } from "../components/own-authority.ts";
import type { Tagger } from "../components/tagger.ts";
import { applicationName } from "./paths.ts";
import type { Safeguards } from "./safeguards.ts";
import type { SecuredSettings } from "./settings/architectures.ts";

/** The certificates of a stack by their names, and what the tiers make of them. */
export interface Certified {
  readonly certificates: Readonly<Record<string, IssuedCertificate>>;
  readonly safeguards: Pick<Safeguards, "encryption" | "publicTls" | "innerTls" | "applicationCertificate">;
  /** The certificate of the stack's own authority, as PEM, if it has one. */
  readonly authority?: pulumi.Output<string>;
}

/** The load balancer before the application has a certificate of its own: its name is not for visitors. That of a standby shows the same one. */
export function certify({ domain, tls }: SecuredSettings, zoneId: pulumi.Input<string>, tags: Tagger): Certified {
  const authority = tls.certificate === "own-ca" ? new OwnAuthority("authority", { domain, tags }) : undefined;
  const issue = (part: string, names: readonly [string, ...string[]]): IssuedCertificate =>
    authority?.issue(part, names) ?? new Certificate(part, { names, zoneId, wait: tls.waitForValidation, tags });

  const site = issue("certificate", [domain, `*.${domain}`]);
  const { policy, hstsSeconds } = tls;
  const publicTls = { certificateArn: site.arn, policy, hstsSeconds, endToEnd: tls.encryption === "end-to-end" };
  const pem = authority && { authority: authority.certificatePem };
  if (tls.encryption === "edge") {
    return { certificates: { site }, safeguards: { encryption: "edge", publicTls }, ...pem };
  }
  const inner = issue("inner-certificate", [applicationName(domain)]);
  return {
    certificates: { site, inner },
    safeguards: {
      encryption: "end-to-end",
      publicTls,
      innerTls: { certificateArn: inner.arn, policy, endToEnd: true },
      applicationCertificate: pulumi.output({ applicationName: applicationName(domain), ...pem }),
    },
    ...pem,
  };
}
