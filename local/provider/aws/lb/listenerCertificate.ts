import {
  AddListenerCertificatesCommand,
  DescribeListenerCertificatesCommand,
  RemoveListenerCertificatesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ListenerCertificateArgs, ListenerCertificateState } from "@pulumi/aws/lb/listenerCertificate.js";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { lb } from "./lb.ts";

/** The official provider's id: both ARNs, with an underscore between them. */
const idOf = (listenerArn: string, certificateArn: string): string => `${listenerArn}_${certificateArn}`;

function partsOf(id: string) {
  const [ListenerArn = "", CertificateArn = ""] = id.split(/_(?=arn:)/);
  return { ListenerArn, CertificateArn };
}

async function isThere(call: AwsCall, id: string): Promise<boolean> {
  const { ListenerArn, CertificateArn } = partsOf(id);
  const { Certificates = [] } = await lb(call).send(new DescribeListenerCertificatesCommand({ ListenerArn }));
  return Certificates.some((one) => one.CertificateArn === CertificateArn);
}

export default resource<Aws, ListenerCertificateArgs, ListenerCertificateState>({
  async create(call, { listenerArn, certificateArn }) {
    await lb(call).send(
      new AddListenerCertificatesCommand({
        ListenerArn: listenerArn,
        Certificates: [{ CertificateArn: certificateArn }],
      }),
    );
    return idOf(listenerArn, certificateArn);
  },

  async read(call, id) {
    const { ListenerArn, CertificateArn } = partsOf(id);
    return (await isThere(call, id)) ? { listenerArn: ListenerArn, certificateArn: CertificateArn } : undefined;
  },

  async delete(call, id) {
    if (!(await isThere(call, id))) return;
    const { ListenerArn, CertificateArn } = partsOf(id);
    await lb(call).send(new RemoveListenerCertificatesCommand({ ListenerArn, Certificates: [{ CertificateArn }] }));
  },

  lost: {
    by: ["listenerArn", "certificateArn"],
    async find(call, { listenerArn = "", certificateArn = "" }) {
      const id = idOf(listenerArn, certificateArn);
      return (await isThere(call, id)) ? id : undefined;
    },
  },
});
