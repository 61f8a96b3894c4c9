/**
 * The words of WAF's API for those of Pulumi. They are the same but for capitals, and for a few lists that are one thing in
 * the API; so one translation serves rules, actions and conditions alike, however they nest.
 */
import { isObject, type Value } from "../../core/values.ts";

/** Names that are more than the same with a capital; `within.` tells apart what the API calls the same in two places. */
const NAMES: Readonly<Record<string, string>> = {
  arn: "ARN",
  asn: "ASN",
  asnLists: "AsnList",
  awsManagedRulesAntiDdosRuleSet: "AWSManagedRulesAntiDDoSRuleSet",
  awsManagedRulesBotControlRuleSet: "AWSManagedRulesBotControlRuleSet",
  cloudwatchMetricsEnabled: "CloudWatchMetricsEnabled",
  forwardedIp: "ForwardedIP",
  forwardedIpConfig: "ForwardedIPConfig",
  headerOrders: "HeaderOrder",
  httpMethod: "HTTPMethod",
  ip: "IP",
  ipSetForwardedIpConfig: "IPSetForwardedIPConfig",
  ipSetReferenceStatement: "IPSetReferenceStatement",
  ja3Fingerprint: "JA3Fingerprint",
  ja4Fingerprint: "JA4Fingerprint",
  matchPatterns: "Cookies.MatchPattern",
};

const OURS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(NAMES).map(([ours, theirs]) => [theirs, ours]),
);

/** Lists of one entry that are that entry in the API. */
const SINGLE = new Set(["headerOrders", "headers", "matchPatterns"]);

const theirName = (name: string): string =>
  (NAMES[name] ?? name.charAt(0).toUpperCase() + name.slice(1)).replace(/^\w+\./, "");

const ourName = (within: string, name: string): string =>
  OURS[`${within}.${name}`] ?? OURS[name] ?? name.charAt(0).toLowerCase() + name.slice(1);

/** What the API is to get; `T` is its type there. */
export function toApi<T>(value: Value): T {
  return theirs("", value) as T;
}

function theirs(name: string, value: Value): Value {
  if (SINGLE.has(name)) return theirs("", (value as Value[])[0]);
  if (name === "searchString") return new TextEncoder().encode(value as string);
  if (Array.isArray(value)) return value.map((item) => theirs("", item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [theirName(key), theirs(key, item)]));
}

/** What the API told; `T` is its type in Pulumi. */
export function fromApi<T>(value: Value): T {
  return ours("", value) as T;
}

function ours(within: string, value: Value): Value {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (Array.isArray(value)) return value.map((item) => ours(within, item));
  if (!isObject(value)) return value;
  const told = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
  return Object.fromEntries(
    told.map(([key, item]) => {
      const name = ourName(within, key);
      const translated = ours(key, item);
      return [name, SINGLE.has(name) ? [translated] : translated];
    }),
  );
}
