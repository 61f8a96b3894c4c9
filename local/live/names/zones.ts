import type { HostedZone } from "../account/account.ts";
import { type Answer, answersOf, OWN_TTL, plain } from "./answers.ts";
import { preferred, type View } from "./view.ts";
import { AUTHORITY, NAME_SERVERS, type Zone } from "./zone-file.ts";

/** The zones of the internet, as their name servers serve them: the public ones of the account, and those that AWS's own names are in. */
export function publicZones(view: View): Zone[] {
  const hosted = view.zones.filter(({ networkIds }) => networkIds === undefined).map((zone) => zoneOf(zone, view));
  const own = Map.groupBy(ownAnswers(view), ({ name }) => name.split(".").slice(-2).join("."));
  return [
    ...hosted,
    ...[...own].map(([name, answers]) => ({ name, authority: AUTHORITY, nameServers: NAME_SERVERS, answers })),
  ];
}

/**
 * All that a resolver knows, as one zone, the root: so whoever asks gets the whole way from a CNAME to its addresses in one answer, whichever zones it
 * leads through. In a network its private zones hide public ones of the same name, and those within:
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
 *
 * Where zones begin, it does not tell: it has no other SOA and NS records.
 */
export function resolverZone(view: View): Zone {
  const visible = view.zones.filter(({ networkIds }) => networkIds === undefined || isOf(view, networkIds));
  const answers = visible.flatMap((zone) =>
    answersOf(zone, view).filter(
      ({ name, type }) => type !== "SOA" && type !== "NS" && zoneFor(name, visible) === zone,
    ),
  );
  const hidden = visible.filter(({ networkIds }) => networkIds !== undefined);
  const own = ownAnswers(view).filter(({ name }) => zoneFor(name, hidden) === undefined);
  // What is not there may be in the next moment.
  const authority = { ...AUTHORITY, ttl: OWN_TTL, times: [7_200, 900, 1_209_600, 5] as const };
  return { name: "", authority, nameServers: NAME_SERVERS, answers: [...answers, ...own] };
}

const isOf = ({ networkId }: View, networkIds: readonly string[]): boolean =>
  networkId !== undefined && networkIds.includes(networkId);

/** The zone that answers for a name: the nearest private one, else the nearest public one. */
function zoneFor(name: string, zones: readonly HostedZone[]): HostedZone | undefined {
  const above = zones.filter((zone) => `.${plain(name)}`.endsWith(`.${plain(zone.name)}`));
  return above.toSorted(
    (one, other) =>
      Number(other.networkIds !== undefined) - Number(one.networkIds !== undefined) ||
      other.name.length - one.name.length,
  )[0];
}

function ownAnswers({ ownNames }: View): Answer[] {
  return [...ownNames].map(([name, addresses]) => ({
    name: plain(name),
    type: "A",
    ttl: OWN_TTL,
    values: preferred(addresses).map(({ address }) => address),
  }));
}

function zoneOf(zone: HostedZone, view: View): Zone {
  const answers = answersOf(zone, view);
  const isApex = ({ name, type }: Answer, of: string) => type === of && plain(name) === plain(zone.name);
  const soa = answers.find((answer) => isApex(answer, "SOA"));
  const ns = answers.find((answer) => isApex(answer, "NS"));
  return {
    name: plain(zone.name),
    authority: soa === undefined ? AUTHORITY : authorityOf(soa),
    nameServers: ns === undefined ? NAME_SERVERS : { ttl: ns.ttl, names: ns.values },
    answers: answers.filter((answer) => answer !== soa && answer !== ns),
  };
}

function authorityOf({ ttl, values }: Answer): Zone["authority"] {
  const [server = "", mailbox = "", , ...times] = (values[0] ?? "").split(/\s+/);
  const [refresh = 0, retry = 0, expire = 0, minimum = 0] = times.map(Number);
  return { ttl, server, mailbox, times: [refresh, retry, expire, minimum] };
}
