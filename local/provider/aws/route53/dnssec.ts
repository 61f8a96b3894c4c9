/** What the types of DNSSEC share: what Route 53 says of the signing of a zone. */
import {
  type ChangeInfo,
  DisableHostedZoneDNSSECCommand,
  EnableHostedZoneDNSSECCommand,
  GetDNSSECCommand,
  type GetDNSSECCommandOutput,
} from "@aws-sdk/client-route-53";
import { isNotFound } from "../../core/errors.ts";
import { until } from "../../core/wait.ts";
import type { AwsCall } from "../client.ts";
import { route53 } from "./route53.ts";

/** `undefined` when the zone is gone. */
export async function signingOf(call: AwsCall, HostedZoneId: string): Promise<GetDNSSECCommandOutput | undefined> {
  try {
    return await route53(call).send(new GetDNSSECCommand({ HostedZoneId }));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

export const SIGNING = "SIGNING";

/** `undefined` when the zone is gone. */
export const signingStatus = async (call: AwsCall, id: string): Promise<string | undefined> =>
  (await signingOf(call, id))?.Status?.ServeSignature;

export const isSigned = async (call: AwsCall, id: string): Promise<boolean> =>
  (await signingStatus(call, id)) === SIGNING;

export async function turnSigning(
  call: AwsCall,
  HostedZoneId: string,
  status = SIGNING,
): Promise<ChangeInfo | undefined> {
  const Command = status === SIGNING ? EnableHostedZoneDNSSECCommand : DisableHostedZoneDNSSECCommand;
  return (await route53(call).send(new Command({ HostedZoneId }))).ChangeInfo;
}

/** How long Route 53 may take to say that a key or a zone is as it was asked to be, in seconds. */
const STATUS_SECONDS = 300;

/** Waits until `ask` answers with the status `wanted`. `what` completes "waited for …". */
export async function untilStatus(
  call: AwsCall,
  what: string,
  wanted: string,
  ask: () => Promise<string | undefined>,
): Promise<void> {
  let status = "absent";
  await until(
    { ...call, timeout: STATUS_SECONDS, deadline: Math.min(call.deadline, Date.now() + STATUS_SECONDS * 1000) },
    `${what} to be ${wanted}`,
    async () => {
      status = (await ask()) ?? "absent";
      return status === wanted ? true : undefined;
    },
    () => status,
  );
}
