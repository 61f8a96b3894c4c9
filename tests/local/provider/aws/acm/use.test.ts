/** Certificates and the load balancers that serve them. */
import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import {
  DescribeListenerCertificatesCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import test from "ava";
import { startAccount } from "../account.ts";
import { createNetwork } from "../lb/network.ts";
import { newAuthority } from "./authority.ts";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const LISTENER = "aws:lb/listener:Listener";
const FURTHER = "aws:lb/listenerCertificate:ListenerCertificate";

const account = await startAccount();
const { operations } = account;
const network = await createNetwork(operations);
const authority = await newAuthority();
test.after.always(() => account.stop());
const acm = new ACMClient(account.client);
const elb = new ElasticLoadBalancingV2Client(account.client);

const describe = async (CertificateArn: string) =>
  (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate;
const servedBy = async (ListenerArn: string) =>
  ((await elb.send(new DescribeListenerCertificatesCommand({ ListenerArn }))).Certificates ?? []).map(
    ({ CertificateArn }) => CertificateArn,
  );
const imported = async (name: string) =>
  operations.create(CERTIFICATE, name, await authority.issue(`${name}.internal`));

const balancer = (name: string) =>
  operations.create("aws:lb/loadBalancer:LoadBalancer", name, {
    subnets: network.subnetIds,
    securityGroups: [network.groupId],
  });

const listenerOf = (loadBalancerArn: string, certificateArn: string) => ({
  loadBalancerArn,
  certificateArn,
  port: 443,
  protocol: "HTTPS",
  defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "200" } }],
});

test("a certificate that a listener serves tells so, and stays until the listener is gone", async (t) => {
  const [certificate, next] = [await imported("served"), await imported("next")];
  const { id: loadBalancerArn } = await balancer("serving");
  const listener = await operations.create(LISTENER, "serving", listenerOf(loadBalancerArn, certificate.id));
  t.deepEqual((await describe(certificate.id))?.InUseBy, [loadBalancerArn]);
  const impatient = { ...certificate, request: { ...certificate.request, timeout: 0.2 } };
  await t.throwsAsync(operations.delete(impatient), {
    message: `waited for ${certificate.id} to be released by whatever uses it until the timeout of 0.2 s was over; it is still in use (ResourceInUseException: Certificate ${certificate.id} is in use by ${loadBalancerArn}.)`,
  });

  const moved = await operations.update(listener, listenerOf(loadBalancerArn, next.id));
  t.deepEqual((await describe(certificate.id))?.InUseBy, []);
  t.deepEqual((await describe(next.id))?.InUseBy, [loadBalancerArn]);
  await operations.delete(certificate);
  await operations.delete(moved);
  await operations.delete(next);
  t.is(await operations.refresh(next), undefined);
});

test("a further certificate is in use too, and stays when the first one changes", async (t) => {
  const [first, second, further] = [await imported("first"), await imported("second"), await imported("further")];
  const { id: loadBalancerArn } = await balancer("further");
  const listener = await operations.create(LISTENER, "further", listenerOf(loadBalancerArn, first.id));
  await operations.create(FURTHER, "further", { listenerArn: listener.id, certificateArn: further.id });
  t.deepEqual((await describe(further.id))?.InUseBy, [loadBalancerArn]);
  await operations.update(listener, listenerOf(loadBalancerArn, second.id));
  t.deepEqual(await servedBy(listener.id), [second.id, further.id]);
});

test("a certificate that is imported anew is still in use", async (t) => {
  const certificate = await imported("renewed");
  const { id: loadBalancerArn } = await balancer("renewed");
  await operations.create(LISTENER, "renewed", listenerOf(loadBalancerArn, certificate.id));
  await operations.update(certificate, await authority.issue("renewed.internal"));
  t.deepEqual((await describe(certificate.id))?.InUseBy, [loadBalancerArn]);
});

test("a listener takes no certificate that is not issued", async (t) => {
  const { id: loadBalancerArn } = await balancer("strict");
  const pending = await operations.create(CERTIFICATE, "pending", {
    domainName: "pending.example",
    validationMethod: "DNS",
  });
  const message = `the certificate ${pending.id} is PENDING_VALIDATION, and has to be ISSUED`;
  await t.throwsAsync(operations.create(LISTENER, "pending", listenerOf(loadBalancerArn, pending.id)), { message });
});

test("a listener that becomes a plain one lets its certificate go", async (t) => {
  const certificate = await imported("plain");
  const { id: loadBalancerArn } = await balancer("plain");
  const secure = listenerOf(loadBalancerArn, certificate.id);
  const listener = await operations.create(LISTENER, "plain", secure);
  const { certificateArn: _, ...plain } = secure;
  await operations.update(listener, { ...plain, protocol: "HTTP" });
  t.deepEqual((await describe(certificate.id))?.InUseBy, []);
  await operations.delete(certificate);
  t.is(await operations.refresh(certificate), undefined);
});
