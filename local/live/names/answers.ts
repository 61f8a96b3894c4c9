import type { DnsRecord, HostedZone } from "../account/account.ts";
import { preferred, type View } from "./view.ts";

/** What is answered for a name and a type. */
export interface Answer {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly values: readonly string[];
}

/** Of aliases of load balancers, and of their own names: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias-common.html */
export const OWN_TTL = 60;

/** Route 53 answers with so many of the records that share a name as answers of several values. */
const MULTIPLE = 8;

type Candidate = Answer & { readonly healthy: boolean };

/**
 * Everything that a zone answers now: of records that stand for one another, those whose turn it is, and instead of aliases what they lead to.
 *
 * Route 53 draws among weighted records anew for each question. Here all of them that have a weight and are healthy are answered together, in an order
 * that changes, which comes to the same where the weights are equal. IPv6 is not carried, so an alias of AAAA leads to nothing.
 */
export function answersOf(zone: HostedZone, view: View): Answer[] {
  const sets = Map.groupBy(zone.records, ({ name, type }) => `${plain(name)} ${type}`);
  return [...sets.values()].flatMap((records) => answerOf(records, zone, view) ?? []);
}

function answerOf(records: readonly DnsRecord[], zone: HostedZone, view: View): Answer | undefined {
  const candidates = chosen(records, (record) => candidateOf(record, zone, view)).filter(
    ({ values }) => values.length > 0,
  );
  const [first] = candidates;
  if (first === undefined) return undefined;
  const { name, type } = first;
  return {
    name,
    type,
    ttl: Math.min(...candidates.map(({ ttl }) => ttl)),
    values: [...new Set(candidates.flatMap(({ values }) => values))],
  };
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html */
function chosen(records: readonly DnsRecord[], candidate: (record: DnsRecord) => Candidate): readonly Candidate[] {
  const primary = records.find(({ failover }) => failover === "PRIMARY");
  const secondary = records.find(({ failover }) => failover === "SECONDARY");
  if (primary || secondary) {
    const both = [primary, secondary].filter((record) => record !== undefined).map(candidate);
    return preferred(both).slice(0, 1);
  }
  if (records.some(({ weight }) => weight !== undefined)) {
    const weighed = records.filter(({ weight = 0 }) => weight > 0);
    return preferred((weighed.length > 0 ? weighed : records).map(candidate));
  }
  const all = records.map(candidate);
  return records.some(({ multiValue }) => multiValue) ? preferred(all).slice(0, MULTIPLE) : all;
}

function candidateOf(record: DnsRecord, zone: HostedZone, view: View): Candidate {
  const { healthCheckId, alias } = record;
  const isChecked = healthCheckId === undefined || (view.health.get(healthCheckId) ?? true);
  const { name, type } = record;
  if (alias === undefined) return { name, type, ttl: record.ttl ?? 0, values: record.values, healthy: isChecked };
  const target = targetOf(plain(alias.dnsName).replace(/^dualstack\./, ""), record, zone, view);
  const isReached = !alias.evaluateTargetHealth || target.healthy;
  return { name, type, ttl: target.ttl, values: target.values, healthy: isChecked && isReached };
}

/** What an alias leads to: a name of AWS's own, or other records of the zone. */
function targetOf(
  target: string,
  { name, type }: DnsRecord,
  zone: HostedZone,
  view: View,
): Omit<Candidate, "name" | "type"> {
  const own = view.ownNames.get(target);
  if (own !== undefined) {
    const addresses = type === "A" ? preferred(own).map(({ address }) => address) : [];
    return { ttl: OWN_TTL, values: addresses, healthy: own.some(({ healthy }) => healthy) };
  }
  // An alias cannot lead back to its own name.
  const rest = {
    ...zone,
    records: zone.records.filter((other) => plain(other.name) !== plain(name) || other.type !== type),
  };
  const records = rest.records.filter((other) => plain(other.name) === target && other.type === type);
  const candidates = chosen(records, (record) => candidateOf(record, rest, view));
  return {
    ttl: Math.min(OWN_TTL, ...candidates.map(({ ttl }) => ttl)),
    values: candidates.flatMap(({ values }) => values),
    healthy: candidates.some(({ healthy }) => healthy),
  };
}

/** A name as names are compared. */
export const plain = (name: string): string => name.toLowerCase().replace(/\.$/, "");
