/** Who and what a certificate is for: the distinguished name and the alternative names. */
import { isIP } from "node:net";
import type { Problem } from "../core/resource.ts";
import { type Extension, Name, SubjectAlternativeNameExtension } from "./x509.ts";

export interface Subject {
  readonly commonName?: string;
  readonly country?: string;
  readonly emailAddress?: string;
  readonly locality?: string;
  readonly organization?: string;
  readonly organizationalUnit?: string;
  readonly postalCode?: string;
  readonly province?: string;
  readonly serialNumber?: string;
  readonly streetAddresses?: readonly string[];
}

export interface Names {
  readonly subject?: Subject;
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  readonly uris?: readonly string[];
}

/** Object identifiers of X.520 and PKCS #9, in the order of the official provider. */
const ATTRIBUTES: readonly (readonly [oid: string, property: keyof Subject])[] = [
  ["2.5.4.6", "country"],
  ["2.5.4.10", "organization"],
  ["2.5.4.11", "organizationalUnit"],
  ["2.5.4.7", "locality"],
  ["2.5.4.8", "province"],
  ["2.5.4.9", "streetAddresses"],
  ["2.5.4.17", "postalCode"],
  ["2.5.4.3", "commonName"],
  ["2.5.4.5", "serialNumber"],
  ["1.2.840.113549.1.9.1", "emailAddress"],
];

/** The characters of ASN.1's PrintableString, which is what most software expects where it suffices. */
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/;

export function distinguishedName(subject: Subject = {}): Name {
  return new Name(
    ATTRIBUTES.flatMap(([oid, property]) =>
      [subject[property] ?? []].flat().map((value) => ({ [oid]: [encoded(property, value)] })),
    ),
  );
}

type Encoded = { ia5String: string } | { printableString: string } | { utf8String: string };

function encoded(property: keyof Subject, value: string): Encoded {
  if (property === "emailAddress") return { ia5String: value };
  return PRINTABLE.test(value) ? { printableString: value } : { utf8String: value };
}

const isEmptyName = (subject: Subject = {}): boolean => Object.keys(subject).length === 0;

/** The extension for alternative names, if there are any; critical when nothing else says whose certificate it is (RFC 5280 section 4.2.1.6). */
export function alternativeNames({ subject, dnsNames = [], ipAddresses = [], uris = [] }: Names): Extension[] {
  const names = [
    ...dnsNames.map((value) => ({ type: "dns" as const, value })),
    ...ipAddresses.map((value) => ({ type: "ip" as const, value })),
    ...uris.map((value) => ({ type: "url" as const, value })),
  ];
  return names.length > 0 ? [new SubjectAlternativeNameExtension(names, isEmptyName(subject))] : [];
}

export function checkNames({ ipAddresses = [], uris = [] }: Partial<Names>): Problem[] {
  const wrong = (property: string, values: readonly string[], isRight: (value: string) => boolean, rule: string) =>
    values.flatMap((value, index) =>
      typeof value !== "string" || isRight(value)
        ? []
        : [{ property, reason: `${property}[${index}] must be ${rule}, got ${JSON.stringify(value)}` }],
    );
  return [
    ...wrong("ipAddresses", ipAddresses, (value) => isIP(value) > 0, "an IPv4 or IPv6 address such as 10.0.0.1"),
    ...wrong("uris", uris, URL.canParse, "a URI such as spiffe://example.org/web"),
  ];
}
