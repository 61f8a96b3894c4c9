import type { Resource } from "../model/resource.ts";

/** Whether ACM issues a certificate by itself: it is neither imported nor of a private authority. */
export function isIssuedByAcm(certificate: Resource): boolean {
  return !["privateKey", "privateKeyWo", "certificateBody", "certificateAuthorityArn"].some((property) =>
    certificate.isSet(property),
  );
}
