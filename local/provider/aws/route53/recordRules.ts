/** What AWS refuses of a record in view of those beside it, and the emulated API does not. */
import { GetHealthCheckCommand, type ResourceRecordSet } from "@aws-sdk/client-route-53";
import { dnsName } from "../../core/equality.ts";
import { isNotFound, ProviderError } from "../../core/errors.ts";
import type { AwsCall } from "../client.ts";
import { fullName, type RecordInputs } from "./recordSet.ts";
import { bareId, recordSets, route53 } from "./route53.ts";

/** Routing policies, one of which tells records of one name and type apart. */
export const POLICIES = [
  "cidrRoutingPolicy",
  "failoverRoutingPolicies",
  "geolocationRoutingPolicies",
  "geoproximityRoutingPolicy",
  "latencyRoutingPolicies",
  "multivalueAnswerRoutingPolicy",
  "weightedRoutingPolicies",
] as const;

/** All records of a name, which stand together in the order of the API. */
export async function namesakes(call: AwsCall, zoneId: string, fqdn: string): Promise<ResourceRecordSet[]> {
  const found: ResourceRecordSet[] = [];
  for await (const record of recordSets(call, bareId(zoneId), { StartRecordName: fqdn })) {
    if (dnsName(record.Name ?? "") !== fqdn) break;
    found.push(record);
  }
  return found;
}

/** The routing policy of a record that exists. */
function policyOf(record: ResourceRecordSet): (typeof POLICIES)[number] | undefined {
  if (record.Failover) return "failoverRoutingPolicies";
  if (record.Weight !== undefined) return "weightedRoutingPolicies";
  if (record.Region) return "latencyRoutingPolicies";
  if (record.MultiValueAnswer) return "multivalueAnswerRoutingPolicy";
  if (record.GeoLocation) return "geolocationRoutingPolicies";
  if (record.GeoProximityLocation) return "geoproximityRoutingPolicy";
  return record.CidrRoutingConfig && "cidrRoutingPolicy";
}

/** `leaving` goes with the same change, or is what changes. */
export async function checkBeside(
  call: AwsCall,
  inputs: RecordInputs,
  zone: string,
  leaving?: ResourceRecordSet,
): Promise<void> {
  const fqdn = fullName(inputs.name, zone);
  if (inputs.type === "CNAME" && fqdn === dnsName(zone))
    throw new ProviderError(
      `name is the apex of the zone ${dnsName(zone)}, where a CNAME record is not permitted; use an A record, or aliases`,
    );
  const others = (await namesakes(call, inputs.zoneId, fqdn)).filter(
    ({ Type, SetIdentifier }) => Type !== leaving?.Type || SetIdentifier !== leaving?.SetIdentifier,
  );
  checkTypes(inputs, fqdn, others);
  checkPolicies(inputs, fqdn, others);
  await checkHealth(call, inputs);
}

function checkTypes({ type, setIdentifier, allowOverwrite }: RecordInputs, fqdn: string, others: ResourceRecordSet[]) {
  const same = others.some(
    ({ Type, SetIdentifier }) => Type === type && (SetIdentifier ?? "") === (setIdentifier ?? ""),
  );
  if (same && !allowOverwrite)
    throw new ProviderError(
      `${fqdn} has a record of type ${type} already, which is not this program's; remove it, import it, or set allowOverwrite`,
    );
  const other = others.find(({ Type }) => Type !== type && (type === "CNAME" || Type === "CNAME"));
  if (other)
    throw new ProviderError(
      `${fqdn} has a record of type ${other.Type}, beside which one of type ${type} is not permitted: a CNAME must be the only record of its name; remove one of them`,
    );
}

/** Records of one name and type are chosen from in one way. */
function checkPolicies(inputs: RecordInputs, fqdn: string, others: ResourceRecordSet[]): void {
  const { type, setIdentifier, failoverRoutingPolicies } = inputs;
  const beside = others.filter(({ Type, SetIdentifier }) => Type === type && SetIdentifier !== setIdentifier);
  const own = POLICIES.find((policy) => inputs[policy]);
  const different = beside.find((record) => policyOf(record) !== own);
  if (different)
    throw new ProviderError(
      `${fqdn} has a record of type ${type} ${worded(policyOf(different))}, beside which one ${worded(own)} is not permitted; give both the same routing policy`,
    );
  const [failover] = failoverRoutingPolicies ?? [];
  const rival = failover && beside.find(({ Failover }) => Failover === failover.type);
  if (rival)
    throw new ProviderError(
      `${fqdn} has a ${failover.type} record of type ${type} already (setIdentifier ${rival.SetIdentifier}), and can have one only; make it the other of PRIMARY and SECONDARY`,
    );
}

const worded = (policy: string | undefined): string => (policy ? `with ${policy}` : "without a routing policy");

async function checkHealth(call: AwsCall, { healthCheckId }: RecordInputs): Promise<void> {
  if (!healthCheckId) return;
  try {
    await route53(call).send(new GetHealthCheckCommand({ HealthCheckId: healthCheckId }));
  } catch (error) {
    throw isNotFound(error)
      ? new ProviderError(`healthCheckId ${healthCheckId} is no health check in this account; correct it`)
      : error;
  }
}
