import type { HostedZoneDnsSecArgs, HostedZoneDnsSecState } from "@pulumi/aws/route53/hostedZoneDnsSec.js";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { isSigned, SIGNING, signingStatus, turnSigning, untilStatus } from "./dnssec.ts";
import { bareId, createdInSync, inSync, waitLater } from "./route53.ts";

const hasStatus = (call: AwsCall, id: string, status = SIGNING): Promise<void> =>
  untilStatus(call, `the signing of zone ${id}`, status, () => signingStatus(call, id));

export default resource<Aws, HostedZoneDnsSecArgs, HostedZoneDnsSecState>({
  async create(call, inputs) {
    const id = bareId(inputs.hostedZoneId);
    waitLater(call, await turnSigning(call, id, inputs.signingStatus));
    return id;
  },

  async complete(call, id, inputs) {
    await createdInSync(call);
    await hasStatus(call, id, inputs.signingStatus);
  },

  /** Every zone has a status: a zone that is no longer signed differs from what the program asks for, and is not gone. */
  async read(call, id, { hostedZoneId }) {
    const status = await signingStatus(call, id);
    if (!status) return undefined;
    return { hostedZoneId: bareId(hostedZoneId) === id ? hostedZoneId : id, signingStatus: status };
  },

  async update(call, id, { news }) {
    await inSync(call, await turnSigning(call, id, news.signingStatus));
    await hasStatus(call, id, news.signingStatus);
  },

  async delete(call, id) {
    await inSync(call, await turnSigning(call, id, "NOT_SIGNING"));
  },

  lost: {
    by: ["hostedZoneId"],
    async find(call, { hostedZoneId }) {
      const id = bareId(hostedZoneId);
      return (await isSigned(call, id)) ? id : undefined;
    },
  },
});
