import { shown } from "../problems.ts";
import { isPublic } from "./public-names.ts";
import { type Rule, securedRule } from "./rule.ts";

const certificate = ["tls", "certificate"];
const encryption = ["tls", "encryption"];
const waitForValidation = ["tls", "waitForValidation"];
const authorities = ["dns", "certificateAuthorities"];

/** The common name of a certificate (RFC 5280, upper bounds), which ACM takes from the first name it is asked for. */
const LONGEST_NAME = 64;

/** The names of ACM's authority that a CAA record may say. Source: ACM user guide, CAA records. */
const AMAZON = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];

/** What keeps a certificate from being issued. */
export const certificateRules: readonly Rule[] = [
  securedRule([["domain"], encryption], ({ domain, tls }) => {
    const prefix = tls.encryption === "end-to-end" ? "app.internal." : "";
    const longest = LONGEST_NAME - prefix.length;
    if (domain.length <= longest) return undefined;
    const names = prefix === "" ? "" : `, and one is for ${prefix} in front of the domain`;
    return {
      path: ["domain"],
      complaint: `has ${domain.length} letters. It must have ${longest} at most: a certificate is for ${LONGEST_NAME}${names}.`,
      fix: { set: ["domain"], to: "example.com" },
    };
  }),
  securedRule([["domain"], certificate], ({ domain, tls }) =>
    tls.certificate === "own-ca" || isPublic(domain)
      ? undefined
      : {
          path: certificate,
          complaint: `is "acm", which signs for public names only, and ${shown(domain)} is none.`,
          fix: { set: certificate, to: "own-ca" },
        },
  ),
  securedRule([certificate, authorities], ({ tls, dns: { certificateAuthorities: allowed } }) =>
    tls.certificate === "own-ca" || allowed.length === 0 || allowed.some((authority) => AMAZON.includes(authority))
      ? undefined
      : {
          path: authorities,
          complaint: `is ${shown(allowed)}, which forbids ACM to issue the certificate (tls.certificate is "acm").`,
          fix: { set: [...authorities, allowed.length], to: "amazon.com" },
        },
  ),
  securedRule([certificate, waitForValidation], ({ tls }) =>
    tls.certificate === "own-ca" && !tls.waitForValidation
      ? {
          path: waitForValidation,
          complaint: 'is false, but there is nothing to wait for: tls.certificate is "own-ca".',
          fix: { remove: waitForValidation },
        }
      : undefined,
  ),
];
