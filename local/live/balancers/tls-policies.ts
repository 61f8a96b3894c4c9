/** What a security policy lets clients speak. */
interface TlsPolicy {
  readonly minimum: Version;
  readonly maximum: Version;
  /** Of TLS 1.2 and before, in the words of OpenSSL. Those of TLS 1.3 are the same in all policies. */
  readonly ciphers: readonly string[];
}

type Version = "TLSv1.0" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3";

const FORWARD_SECRET = [
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
];
const WITH_CBC = [
  "ECDHE-ECDSA-AES128-SHA256",
  "ECDHE-RSA-AES128-SHA256",
  "ECDHE-ECDSA-AES256-SHA384",
  "ECDHE-RSA-AES256-SHA384",
];
const OLD = [
  "ECDHE-ECDSA-AES128-SHA",
  "ECDHE-RSA-AES128-SHA",
  "ECDHE-RSA-AES256-SHA",
  "ECDHE-ECDSA-AES256-SHA",
  "AES128-GCM-SHA256",
  "AES128-SHA256",
  "AES128-SHA",
  "AES256-GCM-SHA384",
  "AES256-SHA256",
  "AES256-SHA",
];

/**
 * Policies by the parts of their names. What is not told apart: the order of ciphers, and key exchanges that resist quantum computers (PQ).
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
function tlsPolicy(name: string): TlsPolicy {
  const maximum = name.includes("TLS13") ? "TLSv1.3" : "TLSv1.2";
  const minimum = `TLSv${/(?:TLS13|TLS|FS)-(1-[0-3])/.exec(name)?.[1]?.replace("-", ".") ?? "1.0"}` as Version;
  if (minimum === "TLSv1.3") return { minimum, maximum, ciphers: [] };
  const restricted = name.includes("-Res-");
  const extended = /-Ext\d?-|-1-[01]-|2016-08|2015-05/.test(name);
  return { minimum, maximum, ciphers: [...FORWARD_SECRET, ...(restricted ? [] : WITH_CBC), ...(extended ? OLD : [])] };
}

/** A policy as parameters of HAProxy's `bind`. OpenSSL itself refuses TLS before 1.2 unless its security level is lowered. */
export function tlsParameters(name: string): string {
  const { minimum, maximum, ciphers } = tlsPolicy(name);
  const level = minimum === "TLSv1.0" || minimum === "TLSv1.1" ? ["@SECLEVEL=0"] : [];
  const list = ciphers.length === 0 ? "" : ` ciphers ${[...ciphers, ...level].join(":")}`;
  return `ssl-min-ver ${minimum} ssl-max-ver ${maximum}${list}`;
}
