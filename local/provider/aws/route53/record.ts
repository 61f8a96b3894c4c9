import {
  type Change,
  type ChangeInfo,
  ChangeResourceRecordSetsCommand,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import type { RecordArgs, RecordState } from "@pulumi/aws/route53/record.js";
import { dnsName } from "../../core/equality.ts";
import { ProviderError } from "../../core/errors.ts";
import { type Problem, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { checkBeside, namesakes, POLICIES } from "./recordRules.ts";
import { fromRecordSet, fullName, type RecordInputs, toRecordSet } from "./recordSet.ts";
import { bareId, changeError, createdInSync, getZone, inSync, route53, waitLater } from "./route53.ts";

/** What tells one record from another. */
interface Key {
  readonly zoneId: string;
  readonly name: string;
  readonly type: string;
  readonly setIdentifier?: string;
}

/** As the official provider writes it: `zone_name_TYPE`, and `_set` for one of several. */
const idOf = ({ zoneId, name, type, setIdentifier }: Key): string =>
  [bareId(zoneId), dnsName(name), type, ...(setIdentifier ? [setIdentifier] : [])].join("_");

const ID = /^([^_]+)_(.*?)_(SOA|A|TXT|NS|CNAME|MX|NAPTR|PTR|SRV|SPF|AAAA|CAA|DS|HTTPS|SSHFP|SVCB|TLSA)(?:_(.*))?$/;

/** What is known of a record wins over its id, which stays when an update gives it another type or set. */
function keyOf(id: string, known: Partial<Key>): Key {
  const { zoneId, name, type, setIdentifier } = known;
  if (zoneId && name !== undefined && type) return { zoneId: bareId(zoneId), name, type, setIdentifier };
  const [, zone, record, kind, set] = ID.exec(id) ?? [];
  if (!zone || record === undefined || !kind)
    throw new ProviderError(
      `${id} is not the id of a record; it must be of the form ZONEID_name_TYPE or ZONEID_name_TYPE_set`,
    );
  return { zoneId: zone, name: record, type: kind, setIdentifier: set };
}

async function zoneName(call: AwsCall, zoneId: string): Promise<string> {
  return (await getZone(call, bareId(zoneId))).HostedZone?.Name ?? "";
}

async function find(call: AwsCall, key: Key) {
  const fqdn = fullName(key.name, await zoneName(call, key.zoneId));
  const record = (await namesakes(call, key.zoneId, fqdn)).find(
    ({ Type, SetIdentifier }) => Type === key.type && (SetIdentifier ?? "") === (key.setIdentifier ?? ""),
  );
  return record && { fqdn, record };
}

async function send(call: AwsCall, zoneId: string, Changes: Change[]): Promise<ChangeInfo | undefined> {
  try {
    const { ChangeInfo } = await route53(call).send(
      new ChangeResourceRecordSetsCommand({ HostedZoneId: bareId(zoneId), ChangeBatch: { Changes } }),
    );
    return ChangeInfo;
  } catch (error) {
    throw changeError(error);
  }
}

async function change(call: AwsCall, zoneId: string, changes: Change[]): Promise<void> {
  await inSync(call, await send(call, zoneId, changes));
}

export default resource<Aws, RecordArgs, RecordState>({
  check({ type, records = [] }, isGiven) {
    const problems: Problem[] = [];
    if (type === "CNAME" && records.length > 1)
      problems.push({
        property: "records",
        reason: `records of a CNAME can hold one name only (RFC 1034 section 3.6.2), got ${records.length}`,
      });
    if (isGiven("setIdentifier") && !POLICIES.some(isGiven))
      problems.push({
        property: "setIdentifier",
        reason: `setIdentifier tells records of one name apart, which needs a routing policy; set one of ${POLICIES.join(", ")}`,
      });
    return problems;
  },

  async create(call, inputs) {
    const zone = await zoneName(call, inputs.zoneId);
    await checkBeside(call, inputs, zone);
    const ResourceRecordSet = toRecordSet(inputs, fullName(inputs.name, zone));
    // Not CREATE: the emulated API refuses it for a record that was made and removed before. The check above did its work.
    waitLater(call, await send(call, inputs.zoneId, [{ Action: "UPSERT", ResourceRecordSet }]));
    return idOf(inputs);
  },

  complete: createdInSync,

  async read(call, id, known) {
    const key = keyOf(id, known);
    const found = await find(call, key);
    return found && { ...fromRecordSet(found.record), zoneId: key.zoneId, name: dnsName(key.name), fqdn: found.fqdn };
  },

  async update(call, id, { olds, news, changed }) {
    const zone = await zoneName(call, news.zoneId);
    const ResourceRecordSet = toRecordSet(news, fullName(news.name, zone));
    const old = (await find(call, keyOf(id, olds)))?.record;
    await checkBeside(call, news, zone, old);
    if (!changed("type", "setIdentifier")) return change(call, news.zoneId, [{ Action: "UPSERT", ResourceRecordSet }]);
    // To the API this is another record; one goes and the other comes in the same moment.
    await change(call, news.zoneId, [
      ...(old ? [{ Action: "DELETE" as const, ResourceRecordSet: old }] : []),
      { Action: "UPSERT", ResourceRecordSet },
    ]);
  },

  async delete(call, id, state) {
    const key = keyOf(id, state);
    const found = await find(call, key);
    if (found) await change(call, key.zoneId, [{ Action: "DELETE", ResourceRecordSet: found.record }]);
  },

  lost: {
    // What DNS tells everybody is no secret.
    by: ["zoneId", "name", "type", "setIdentifier", "records", "ttl", "aliases"],
    async find(call, inputs) {
      const wanted = inputs as RecordInputs;
      const found = await find(call, wanted);
      return found && saysSame(found.record, toRecordSet(wanted, found.fqdn)) ? idOf(wanted) : undefined;
    },
  },
});

/** One that somebody else made under the same name is told by what it says. */
function saysSame(one: ResourceRecordSet, other: ResourceRecordSet): boolean {
  const [first, second] = [one, other].map(({ TTL, ResourceRecords = [], AliasTarget }) =>
    JSON.stringify([TTL, ResourceRecords.map(({ Value }) => Value).sort(), dnsName(AliasTarget?.DNSName ?? "")]),
  );
  return first === second;
}
