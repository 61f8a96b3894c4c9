import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { RuleCases } from "../cases.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

const certificate = resource(TYPES.certificate);
const SITE = { domainName: "example.com" };
const IMPORTED = { privateKey: "pem", certificateBody: "pem" };
const broken = (change: Parameters<typeof breaks>[2], rule: string) =>
  breaks(TYPES.certificate, "inner-certificate-certificate", change, `${rule}: inner-certificate-certificate`);

export const certificateCases: Readonly<Record<string, RuleCases>> = {
  "certificate-dns-validated": {
    cases: [
      says("one by DNS", [certificate({ ...SITE, validationMethod: "DNS" })], "it: passed"),
      says("one by mail", [certificate({ ...SITE, validationMethod: "EMAIL" })], "it: its validationMethod is EMAIL."),
      says("one that does not say", [certificate(SITE)], "it: its validationMethod is not set."),
      says("an imported one", [certificate(IMPORTED)], "it: not applicable"),
      says(
        "one of a private authority",
        [certificate({ ...SITE, certificateAuthorityArn: UNKNOWN })],
        "it: not applicable",
      ),
      says(
        "what is not known yet",
        [certificate({ validationMethod: UNKNOWN })],
        "it: undecidable by validationMethod",
      ),
    ],
    mutation: broken({ set: { validationMethod: "EMAIL" } }, "certificate-dns-validated"),
  },
  "certificate-key-strength": {
    cases: [
      says("one as AWS makes it", [certificate(SITE)], "it: passed"),
      says("one on a curve", [certificate({ ...SITE, keyAlgorithm: "EC_prime256v1" })], "it: passed"),
      says("a short key", [certificate({ ...SITE, keyAlgorithm: "RSA_1024" })], "it: its keyAlgorithm is RSA_1024."),
      says("an imported one", [certificate(IMPORTED)], "it: not applicable"),
      says("what is not known yet", [certificate({ keyAlgorithm: UNKNOWN })], "it: undecidable by keyAlgorithm"),
    ],
    mutation: broken({ set: { keyAlgorithm: "RSA_1024" } }, "certificate-key-strength"),
  },
  "certificate-without-wildcard": {
    cases: [
      says("one of two hosts", [certificate({ ...SITE, subjectAlternativeNames: ["www.example.com"] })], "it: passed"),
      says(
        "one of all hosts",
        [certificate({ ...SITE, subjectAlternativeNames: ["*.example.com", "www.example.com", "*.example.org"] })],
        "it: it is for *.example.com, *.example.org.",
      ),
      says("an imported one", [certificate(IMPORTED)], "it: not applicable"),
      says("what is not known yet", [certificate({ domainName: UNKNOWN })], "it: undecidable by domainName"),
    ],
    mutation: broken({ set: { domainName: "*.internal.example.com" } }, "certificate-without-wildcard"),
  },
  "certificate-transparency": {
    cases: [
      says("one as AWS makes it", [certificate(SITE)], "it: passed"),
      says(
        "one that is in no log",
        [certificate({ ...SITE, options: { certificateTransparencyLoggingPreference: "DISABLED" } })],
        "it: its transparency logging is DISABLED.",
      ),
      says("an imported one", [certificate(IMPORTED)], "it: not applicable"),
      says(
        "what is not known yet",
        [certificate({ ...SITE, options: UNKNOWN })],
        "it: undecidable by options.certificateTransparencyLoggingPreference",
      ),
    ],
    mutation: broken(
      { set: { options: { certificateTransparencyLoggingPreference: "DISABLED" } } },
      "certificate-transparency",
    ),
  },
  "certificate-replaced-first": {
    cases: [
      says("one that is replaced first", [certificate(SITE)], "it: passed"),
      says(
        "one that is deleted first",
        [certificate(SITE, { options: { deleteBeforeReplace: true } })],
        "it: it is deleted before it is replaced.",
      ),
      SILENT,
    ],
    mutation: broken({ options: { deleteBeforeReplace: true } }, "certificate-replaced-first"),
  },
};
