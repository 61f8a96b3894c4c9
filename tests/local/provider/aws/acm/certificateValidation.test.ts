import { ACMClient, DeleteCertificateCommand, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import test from "ava";
import type { Values } from "../../../../../local/provider/core/values.ts";
import { startFaultyApi } from "../../faults.ts";
import { liveThrough, type Made } from "../../operations.ts";
import { startAccount } from "../account.ts";
import { newAuthority } from "./authority.ts";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
const ZONE = "aws:route53/zone:Zone";
const RECORD = "aws:route53/record:Record";

interface ValidationRecord {
  readonly domainName: string;
  readonly resourceRecordName: string;
  readonly resourceRecordType: string;
  readonly resourceRecordValue: string;
}

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new ACMClient(account.client);

const statusOf = async (CertificateArn: string) =>
  (await client.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate?.Status;

const request = (domainName: string, more: Values = {}) =>
  operations.create(CERTIFICATE, domainName, { domainName, validationMethod: "DNS", ...more });

const recordsOf = ({ state }: Made) => state.domainValidationOptions as ValidationRecord[];
const recordOf = (made: Made, index = 0) => recordsOf(made)[index] as ValidationRecord;
const fqdn = ({ resourceRecordName }: ValidationRecord): string => resourceRecordName.replace(/\.$/, "");
const words = (record: ValidationRecord): string => `the record ${fqdn(record)} CNAME ${record.resourceRecordValue}`;

const publish = (zone: Made, { resourceRecordName, resourceRecordType, resourceRecordValue }: ValidationRecord) =>
  operations.create(RECORD, resourceRecordName, {
    zoneId: zone.id,
    name: resourceRecordName,
    type: resourceRecordType,
    ttl: 60,
    records: [resourceRecordValue],
  });

/** Waits for a moment only, for what does not come. */
const waitInVain = (certificateArn: string, by = operations) =>
  by.create(VALIDATION, "in-vain", { certificateArn }, 0.2);

test("the validation of a certificate lives as AWS's own would", async (t) => {
  const zone = await operations.create(ZONE, "life", { name: "life.example" });
  const certificate = await request("life.example", { subjectAlternativeNames: ["*.life.example"] });
  const other = await request("www.life.example");
  await publish(zone, recordOf(certificate));
  await publish(zone, recordOf(other));
  const inputs = { certificateArn: certificate.id, validationRecordFqdns: [fqdn(recordOf(certificate))] };
  await liveThrough(t, operations, {
    type: VALIDATION,
    name: "life",
    inputs,
    unknown: [],
    replace: {
      inputs: { certificateArn: other.id, validationRecordFqdns: [fqdn(recordOf(other))] },
      properties: ["certificateArn", "validationRecordFqdns"],
    },
    // The certificate stays what it is: there is nothing to take back.
    stays: true,
    async account(_id, step) {
      t.is(await statusOf(certificate.id), "ISSUED", step);
    },
  });
});

test("the id says when the certificate was issued, or that it was not yet", async (t) => {
  const zone = await operations.create(ZONE, "id", { name: "id.example" });
  const certificate = await request("id.example");
  await publish(zone, recordOf(certificate));
  const first = await operations.create(VALIDATION, "id", { certificateArn: certificate.id });
  t.regex(first.id, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000 UTC$/);
});

test("a certificate is issued as soon as all of its names have their record in a public zone, and not before", async (t) => {
  const certificate = await request("issue.example", {
    subjectAlternativeNames: ["*.issue.example", "www.issue.example"],
  });
  const [apex, wildcard, www] = recordsOf(certificate) as [ValidationRecord, ValidationRecord, ValidationRecord];
  t.is(fqdn(apex), fqdn(wildcard));
  const isPending = async () => t.is(await statusOf(certificate.id), "PENDING_VALIDATION");
  await isPending();

  const { id: vpcId } = await operations.create("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
  const inside = await operations.create(ZONE, "inside", { name: "issue.example", vpcs: [{ vpcId }] });
  for (const record of [apex, www]) await publish(inside, record);
  await isPending();

  const zone = await operations.create(ZONE, "issue", { name: "issue.example" });
  await publish(zone, www);
  const wrong = await publish(zone, { ...apex, resourceRecordValue: "_other.acm-validations.aws" });
  await isPending();
  await operations.delete(wrong);
  await isPending();
  await publish(zone, apex);
  t.is(await statusOf(certificate.id), "ISSUED");
  const refreshed = await operations.refresh(certificate);
  t.like(refreshed?.state, { status: "ISSUED", renewalEligibility: "INELIGIBLE" });
  t.true(Date.parse(String(refreshed?.state.notAfter)) > Date.now());
});

test("a wait says which records are missing, and again when some are there", async (t) => {
  const zone = await operations.create(ZONE, "patient", { name: "patient.example" });
  const certificate = await request("patient.example", {
    subjectAlternativeNames: ["*.patient.example", "www.patient.example"],
  });
  const [apex, , www] = recordsOf(certificate) as [ValidationRecord, ValidationRecord, ValidationRecord];
  const waiting = await account.provider();
  const waited = waiting.create(VALIDATION, "patient", { certificateArn: certificate.id });
  const until = async (count: number) => {
    while (waiting.messages.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await until(1);
  await publish(zone, apex);
  await until(2);
  await publish(zone, www);
  t.is((await waited).id, "0001-01-01 00:00:00 +0000 UTC");
  t.deepEqual(waiting.messages, [
    `info: the certificate of patient.example waits for ${words(apex)} and ${words(www)}`,
    `info: the certificate of patient.example waits for ${words(www)}`,
  ]);
});

test("a wait without its record ends at the timeout, and leaves nothing behind", async (t) => {
  const certificate = await request("never.example");
  await t.throwsAsync(waitInVain(certificate.id), {
    name: "ProviderError",
    message: `waited for certificate ${certificate.id} to be issued until the timeout of 0.2 s was over; it is still without ${words(recordOf(certificate))}`,
  });
  t.is(await statusOf(certificate.id), "PENDING_VALIDATION");
});

test("a wait can be cancelled", async (t) => {
  const certificate = await request("cancelled.example");
  const cancelled = new AbortController();
  const stopped = await account.provider({}, { signal: cancelled.signal });
  const waited = stopped.create(VALIDATION, "cancelled", { certificateArn: certificate.id });
  cancelled.abort();
  await t.throwsAsync(waited, { message: `cancelled while waiting for certificate ${certificate.id} to be issued` });
});

test("a certificate by e-mail waits for an answer", async (t) => {
  const certificate = await request("mail.example", { validationMethod: "EMAIL" });
  await t.throwsAsync(waitInVain(certificate.id), {
    message: `waited for certificate ${certificate.id} to be issued until the timeout of 0.2 s was over; it is still without an answer to the e-mail about mail.example to administrator@mail.example, hostmaster@mail.example, postmaster@mail.example, webmaster@mail.example, admin@mail.example`,
  });
  const inputs = { certificateArn: certificate.id, validationRecordFqdns: ["_1.mail.example"] };
  await t.throwsAsync(operations.create(VALIDATION, "mail", inputs), {
    message: `validationRecordFqdns: certificate ${certificate.id} is validated by EMAIL, not by records; remove them`,
  });
});

test("the records that the program names have to be all that validate the certificate", async (t) => {
  const certificate = await request("named.example", {
    subjectAlternativeNames: ["www.named.example", "api.named.example"],
  });
  const [apex, www, api] = recordsOf(certificate) as [ValidationRecord, ValidationRecord, ValidationRecord];
  const inputs = {
    certificateArn: certificate.id,
    validationRecordFqdns: [apex.resourceRecordName, "_1.named.example"],
  };
  await t.throwsAsync(operations.create(VALIDATION, "named", inputs), {
    message: `validationRecordFqdns lacks records that validate certificate ${certificate.id}: ${fqdn(www)} (for www.named.example), ${fqdn(api)} (for api.named.example); add them`,
  });
});

test("only what ACM issues is validated", async (t) => {
  const authority = await newAuthority();
  const imported = await operations.create(CERTIFICATE, "imported", await authority.issue("app.internal"));
  await t.throwsAsync(waitInVain(imported.id), {
    message: `certificateArn: certificate ${imported.id} is IMPORTED, and so has no validation to wait for; remove the CertificateValidation`,
  });
  const arn = imported.id.replace(/.{12}$/, "000000000000");
  await t.throwsAsync(waitInVain(arn), { message: `certificateArn: there is no certificate ${arn}` });
});

test("a CAA record that leaves Amazon out makes a certificate fail", async (t) => {
  const zone = await operations.create(ZONE, "caa", { name: "caa.example" });
  const allow = (name: string, ...records: string[]) =>
    operations.create(RECORD, `${name}-caa`, { zoneId: zone.id, name, type: "CAA", ttl: 60, records });
  const statusFor = async (name: string) => {
    const certificate = await request(name);
    await publish(zone, recordOf(certificate));
    return { certificate, status: await statusOf(certificate.id) };
  };
  await allow("caa.example", '0 issue "amazon.com"', '0 issuewild ";"');
  t.is((await statusFor("caa.example")).status, "ISSUED");
  t.is((await statusFor("deep.below.caa.example")).status, "ISSUED");
  await allow("shut.caa.example", '0 issue "letsencrypt.org"', '0 iodef "mailto:ca@caa.example"');
  const { certificate, status } = await statusFor("shut.caa.example");
  t.is(status, "FAILED");
  await t.throwsAsync(waitInVain(certificate.id), {
    message: `certificate ${certificate.id} is not issued: it is FAILED, CAA_ERROR`,
  });
  const wild = await request("*.caa.example");
  t.is(await statusOf(wild.id), "FAILED");
  await allow("open.caa.example", '0 issue "letsencrypt.org"', '0 issuewild "amazontrust.com"');
  t.is((await statusFor("*.open.caa.example")).status, "ISSUED");
});

test("a certificate that was revoked is no longer validated", async (t) => {
  const zone = await operations.create(ZONE, "revoked", { name: "revoked.example" });
  const certificate = await request("revoked.example");
  await publish(zone, recordOf(certificate));
  const validation = await operations.create(VALIDATION, "revoked", { certificateArn: certificate.id });
  const api = await startFaultyApi(account.client.endpoint, () => ({
    rewrite: (body) => body.replace('"Status": "ISSUED"', '"Status": "REVOKED", "RevocationReason": "KEY_COMPROMISE"'),
  }));
  t.teardown(() => api.stop());
  const later = await account.provider({ endpoints: [{ acm: api.endpoint }] });
  t.is(await later.refresh(validation), undefined);
  await t.throwsAsync(waitInVain(certificate.id, later), {
    message: `certificate ${certificate.id} is not issued: it is REVOKED, KEY_COMPROMISE`,
  });
});

test("a validation goes with its certificate", async (t) => {
  const zone = await operations.create(ZONE, "gone", { name: "gone.example" });
  const certificate = await request("gone.example");
  await publish(zone, recordOf(certificate));
  const validation = await operations.create(VALIDATION, "gone", { certificateArn: certificate.id });
  await client.send(new DeleteCertificateCommand({ CertificateArn: certificate.id }));
  t.is(await operations.refresh(validation), undefined);
});
