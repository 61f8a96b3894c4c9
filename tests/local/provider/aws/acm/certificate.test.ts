import {
  ACMClient,
  DescribeCertificateCommand,
  GetCertificateCommand,
  ListTagsForCertificateCommand,
  RequestCertificateCommand,
} from "@aws-sdk/client-acm";
import test from "ava";
import { PartialFailure } from "../../../../../local/provider/core/errors.ts";
import { UNKNOWN } from "../../../../../local/provider/core/values.ts";
import { startFaultyApi } from "../../faults.ts";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";
import { newAuthority, newKey } from "./authority.ts";

const CERTIFICATE = "aws:acm/certificate:Certificate";

const account = await startAccount();
const authority = await newAuthority();
test.after.always(() => account.stop());
const { operations } = account;
const client = new ACMClient(account.client);

const describe = async (CertificateArn: string) =>
  (await client.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate;
const isGone = async (arn: string): Promise<boolean> =>
  describe(arn).then(
    () => false,
    (error) => error.name === "ResourceNotFoundException",
  );
const tagsOf = async (CertificateArn: string) =>
  (await client.send(new ListTagsForCertificateCommand({ CertificateArn }))).Tags;

const REQUESTED = {
  domainName: "example.com",
  subjectAlternativeNames: ["*.example.com"],
  validationMethod: "DNS",
  tags: { tier: "edge" },
};

test("a requested certificate lives as AWS's own would", async (t) => {
  await liveThrough(t, operations, {
    type: CERTIFICATE,
    name: "site",
    inputs: REQUESTED,
    unknown: [
      "arn",
      "keyAlgorithm",
      "notAfter",
      "notBefore",
      "options",
      "pendingRenewal",
      "renewalEligibility",
      "renewalSummaries",
      "status",
      "type",
      "validationEmails",
    ],
    empty: ["notAfter", "notBefore"],
    update: {
      inputs: {
        ...REQUESTED,
        options: { certificateTransparencyLoggingPreference: "DISABLED" },
        tags: { tier: "other" },
      },
      paths: ["options.certificateTransparencyLoggingPreference", "tags.tier"],
    },
    replace: {
      inputs: {
        ...REQUESTED,
        domainName: "example.org",
        subjectAlternativeNames: ["*.example.org"],
        keyAlgorithm: "EC_prime256v1",
        validationMethod: "EMAIL",
      },
      properties: ["domainName", "keyAlgorithm", "subjectAlternativeNames", "validationMethod"],
    },
    importWithout: [],
    async account(id, step) {
      if (step === "deleted") return void t.true(await isGone(id));
      const isNew = step === "created";
      t.like(await describe(id), {
        DomainName: "example.com",
        SubjectAlternativeNames: ["example.com", "*.example.com"],
        Status: "PENDING_VALIDATION",
        KeyAlgorithm: "RSA_2048",
        Options: { CertificateTransparencyLoggingPreference: isNew ? "ENABLED" : "DISABLED", Export: "DISABLED" },
      });
      t.deepEqual(await tagsOf(id), [{ Key: "tier", Value: isNew ? "edge" : "other" }]);
    },
  });
});

test("a preview knows the names to validate, and not yet the records", async (t) => {
  const unknownRecord = { resourceRecordName: UNKNOWN, resourceRecordType: UNKNOWN, resourceRecordValue: UNKNOWN };
  const preview = await operations.preview(CERTIFICATE, "foreseen", REQUESTED);
  t.deepEqual(preview.domainValidationOptions, [
    { domainName: "example.com", ...unknownRecord },
    { domainName: "*.example.com", ...unknownRecord },
  ]);
  t.deepEqual(preview.subjectAlternativeNames, ["example.com", "*.example.com"]);

  const byMail = await operations.preview(CERTIFICATE, "by-mail", { ...REQUESTED, validationMethod: "EMAIL" });
  t.is(byMail.domainValidationOptions, UNKNOWN);
  const vague = await operations.preview(CERTIFICATE, "vague", { ...REQUESTED, subjectAlternativeNames: UNKNOWN });
  t.is(vague.domainValidationOptions, UNKNOWN);
  t.is(vague.subjectAlternativeNames, UNKNOWN);
  const unnamed = await operations.preview(CERTIFICATE, "unnamed", { ...REQUESTED, domainName: UNKNOWN });
  t.is(unnamed.domainValidationOptions, UNKNOWN);
});

test("a name and its wildcard share the record that validates them, and an account always gets the same one", async (t) => {
  const inputs = { ...REQUESTED, subjectAlternativeNames: ["*.example.com", "api.example.com"] };
  const { state } = await operations.create(CERTIFICATE, "names", inputs);
  const options = state.domainValidationOptions as Record<string, string>[];
  t.deepEqual(
    options.map(({ domainName }) => domainName),
    ["example.com", "*.example.com", "api.example.com"],
  );
  const [apex, wildcard, api] = options.map(({ domainName: _, ...record }) => record);
  t.deepEqual(apex, wildcard);
  t.notDeepEqual(apex, api);
  t.regex(String(apex?.resourceRecordName), /^_[0-9a-f]{32}\.example\.com\.$/);
  t.is(apex?.resourceRecordType, "CNAME");
  t.regex(String(apex?.resourceRecordValue), /^_[0-9a-f]{32}\.[0-9a-z]{10}\.acm-validations\.aws\.$/);
  t.regex(String(api?.resourceRecordName), /^_[0-9a-f]{32}\.api\.example\.com\.$/);

  const again = await operations.create(CERTIFICATE, "again", REQUESTED);
  t.deepEqual((again.state.domainValidationOptions as unknown[])[0], options[0]);
});

test("the domain's own name counts among the others, whether the program names it there or not", async (t) => {
  const made = await operations.create(CERTIFICATE, "own", REQUESTED);
  t.deepEqual(made.state.subjectAlternativeNames, ["example.com", "*.example.com"]);
  const differs = async (...subjectAlternativeNames: unknown[]) =>
    (await operations.diff(made, { ...REQUESTED, subjectAlternativeNames })).replaces.length > 0;
  t.false(await differs("example.com", "*.example.com"));
  t.false(await differs("*.example.com"));
  t.true(await differs("*.example.com", "www.example.com"));
  t.true(await differs("www.example.com"));
  t.true(await differs("*.example.com", UNKNOWN));
});

test("a certificate can be validated by e-mail, to the domain that the program names", async (t) => {
  const { state } = await operations.create(CERTIFICATE, "mail", {
    domainName: "shop.example.com",
    validationMethod: "EMAIL",
    validationOptions: [{ domainName: "shop.example.com", validationDomain: "example.com" }],
  });
  t.like(state, { validationMethod: "EMAIL", domainValidationOptions: [], status: "PENDING_VALIDATION" });
  t.deepEqual(state.validationEmails, [
    "administrator@example.com",
    "hostmaster@example.com",
    "postmaster@example.com",
    "webmaster@example.com",
    "admin@example.com",
  ]);
});

test("a certificate may be asked for an ECDSA key, and for export", async (t) => {
  const { id, state } = await operations.create(CERTIFICATE, "chosen", {
    ...REQUESTED,
    keyAlgorithm: "EC_secp384r1",
    options: { export: "ENABLED" },
  });
  t.is(state.keyAlgorithm, "EC_secp384r1");
  t.deepEqual(state.options, { certificateTransparencyLoggingPreference: "ENABLED", export: "ENABLED" });
  t.like(await describe(id), { KeyAlgorithm: "EC_secp384r1", Options: { Export: "ENABLED" } });
});

test("an imported certificate lives as AWS's own would", async (t) => {
  const [first, second] = [await authority.issue("app.internal"), await authority.issue("app.internal")];
  const inputs = { ...first, tags: { tier: "app" } };
  const changed = ["certificateBody", "privateKey"];
  await liveThrough(t, operations, {
    type: CERTIFICATE,
    name: "inner",
    inputs,
    unknown: [
      "arn",
      "domainName",
      "domainValidationOptions",
      "keyAlgorithm",
      "notAfter",
      "notBefore",
      "options",
      "pendingRenewal",
      "renewalEligibility",
      "renewalSummaries",
      "status",
      "subjectAlternativeNames",
      "type",
      "validationEmails",
      "validationMethod",
    ],
    update: { inputs: { ...inputs, ...second }, paths: changed },
    importWithout: ["certificateBody", "certificateChain", "privateKey"],
    async account(id, step) {
      if (step === "deleted") return void t.true(await isGone(id));
      t.like(await describe(id), {
        DomainName: "app.internal",
        Type: "IMPORTED",
        Status: "ISSUED",
        KeyAlgorithm: "EC_prime256v1",
      });
      const { Certificate, CertificateChain } = await client.send(new GetCertificateCommand({ CertificateArn: id }));
      t.is(Certificate, (step === "created" ? first : second).certificateBody);
      t.is(CertificateChain, first.certificateChain);
      t.deepEqual(await tagsOf(id), [{ Key: "tier", Value: "app" }]);
    },
  });
});

test("an imported certificate tells what is in it", async (t) => {
  const { state, id } = await operations.create(CERTIFICATE, "told", await authority.issue("app.internal"));
  t.like(state, {
    arn: id,
    domainName: "app.internal",
    domainValidationOptions: [],
    keyAlgorithm: "EC_prime256v1",
    renewalEligibility: "INELIGIBLE",
    status: "ISSUED",
    subjectAlternativeNames: ["app.internal"],
    type: "IMPORTED",
    validationEmails: [],
    validationMethod: "NONE",
  });
  t.regex(id, new RegExp(`^arn:aws:acm:${REGION}:${ACCOUNT_ID}:certificate/[0-9a-f-]{36}$`));
  t.regex(String(state.notAfter), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  t.is(Date.parse(String(state.notAfter)) - Date.parse(String(state.notBefore)), 12 * 3600 * 1000);
});

test("a key that is only handed over is imported and kept nowhere, and imported anew by its version", async (t) => {
  const [first, second] = [await authority.issue("wo.internal"), await authority.issue("wo.internal")];
  const inputs = ({ privateKey, ...rest }: typeof first, privateKeyWoVersion: number) => ({
    ...rest,
    privateKeyWo: privateKey,
    privateKeyWoVersion,
  });
  const made = await operations.create(CERTIFICATE, "handed", inputs(first, 1));
  t.false("privateKeyWo" in made.state);
  t.false(JSON.stringify(made.state).includes("PRIVATE KEY"));
  const updated = await operations.update(made, inputs(second, 2));
  t.false(JSON.stringify(updated.state).includes("PRIVATE KEY"));
  t.is((await client.send(new GetCertificateCommand({ CertificateArn: made.id }))).Certificate, second.certificateBody);
});

test("a certificate goes with its own key and the chain of who issued it, or not at all", async (t) => {
  const leaf = await authority.issue("strict.internal");
  const other = await newAuthority();
  const refused = async (inputs: Partial<typeof leaf>, message: string) =>
    t.throwsAsync(operations.create(CERTIFICATE, "wrong", { ...leaf, ...inputs }), {
      name: "ValidationException",
      message,
    });
  await refused({ privateKey: await newKey() }, "The private key does not belong to the certificate.");
  await refused(
    { certificateChain: other.certificatePem },
    "Could not validate the certificate with the certificate chain.",
  );
  await refused(
    { certificateBody: leaf.certificateBody + leaf.certificateChain },
    "The certificate field holds more than one certificate; the others belong into the chain.",
  );
  await refused({ privateKey: "none" }, "The private key is not PEM-encoded or is not valid.");
  await refused({ certificateBody: "none" }, "The certificate is not PEM-encoded or is not valid.");
  await refused(
    await authority.issue("ed.internal", { algorithm: "ED25519" }),
    "The private key is neither RSA nor ECDSA, and so not supported.",
  );
  const { certificateChain: _, ...alone } = leaf;
  await t.throwsAsync(operations.create(CERTIFICATE, "alone", alone), {
    name: "ValidationException",
    message: "The certificate is not self-signed; it needs the chain of those who issued it.",
  });
});

test("a certificate that is imported anew keeps the kind of its key", async (t) => {
  const made = await operations.create(CERTIFICATE, "kind", await authority.issue("kind.internal"));
  const rsa = await authority.issue("kind.internal", { algorithm: "RSA" });
  const error = await t.throwsAsync(operations.update(made, rsa), {
    instanceOf: PartialFailure,
    message:
      "ValidationException: The type and the size of the key cannot change where a certificate is imported again.",
  });
  t.is((error as PartialFailure).id, made.id);
  t.is((await describe(made.id))?.KeyAlgorithm, "EC_prime256v1");
});

test("a certificate is asked for its records until it tells them", async (t) => {
  const api = await startFaultyApi(account.client.endpoint, (action, before) =>
    action === "DescribeCertificate" && before < 2
      ? {
          rewrite: (body) =>
            JSON.stringify({ Certificate: { ...JSON.parse(body).Certificate, DomainValidationOptions: [] } }),
        }
      : undefined,
  );
  t.teardown(() => api.stop());
  const slow = await account.provider({ endpoints: [{ acm: api.endpoint }] });
  const { state } = await slow.create(CERTIFICATE, "slow", REQUESTED);
  t.is((state.domainValidationOptions as unknown[]).length, 2);
  t.true(api.calls.filter((call) => call === "DescribeCertificate").length > 2);
});

test("a certificate whose mark cannot be taken off is kept as half-made, and completed by the next update", async (t) => {
  const api = await startFaultyApi(account.client.endpoint, (action) =>
    action === "RemoveTagsFromCertificate" ? { status: 400, code: "AccessDeniedException" } : undefined,
  );
  t.teardown(() => api.stop());
  const faulty = await account.provider({ endpoints: [{ acm: api.endpoint }] });
  const error = await t.throwsAsync(faulty.create(CERTIFICATE, "half", REQUESTED), {
    instanceOf: PartialFailure,
    message: "AccessDeniedException: made by the test",
  });
  const { id, properties: state } = error as PartialFailure;
  const made = { request: operations.request(CERTIFICATE, "half"), id, inputs: REQUESTED, state };
  await operations.update(made, REQUESTED);
  t.deepEqual(await tagsOf(id), [{ Key: "tier", Value: "edge" }]);
});

test("a certificate that a killed run requested is found by the mark of its creation", async (t) => {
  const { CertificateArn } = await client.send(
    new RequestCertificateCommand({
      DomainName: "lost.example.com",
      ValidationMethod: "DNS",
      KeyAlgorithm: "EC_prime256v1",
      Tags: [{ Key: "webstack:creating", Value: "token-of-the-lost" }],
    }),
  );
  t.is(await operations.lost(CERTIFICATE, "lost", "token-of-the-lost"), CertificateArn);
  t.is(await operations.lost(CERTIFICATE, "lost", "another"), undefined);
});

test("a certificate can live in another region", async (t) => {
  const { state } = await operations.create(CERTIFICATE, "away", { ...REQUESTED, region: "us-east-1" });
  t.regex(String(state.arn), /^arn:aws:acm:us-east-1:/);
});

const PEM = "-----BEGIN CERTIFICATE-----";
refuses(operations, CERTIFICATE, {}, "domainName is missing: one of domainName, privateKey, privateKeyWo is required");
refuses(
  operations,
  CERTIFICATE,
  { domainName: "example.com", privateKey: "secret" },
  "domainName conflicts: only one of domainName, privateKey can be set",
  "privateKey needs certificateBody beside it",
);
refuses(
  operations,
  CERTIFICATE,
  { domainName: "example.com", validationMethod: "DNS", certificateBody: PEM },
  "domainName cannot be set together with certificateBody; remove one of them",
  "validationMethod cannot be set together with certificateBody; remove one of them",
);
refuses(
  operations,
  CERTIFICATE,
  { domainName: "example.com" },
  "validationMethod is required and missing for a certificate that is requested; set it to DNS or EMAIL",
);
refuses(
  operations,
  CERTIFICATE,
  { domainName: "example.com", validationMethod: "HTTP" },
  'validationMethod "HTTP" is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider',
);
refuses(
  operations,
  CERTIFICATE,
  { domainName: "example.com", validationMethod: "FAX" },
  'validationMethod must be one of DNS, EMAIL, HTTP, got "FAX"',
);
for (const domainName of ["example.com.", "*.*.example.com", "-a.example.com", "example", "exa mple.com"])
  refuses(
    operations,
    CERTIFICATE,
    { domainName, validationMethod: "DNS" },
    `domainName must be a domain name such as example.com or *.example.com, without a dot at its end, got "${domainName}"`,
  );
refuses(
  operations,
  CERTIFICATE,
  { domainName: `${"a".repeat(60)}.example.com`, validationMethod: "DNS" },
  'domainName must have at most 64 characters but has 72, got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com"',
);
refuses(
  operations,
  CERTIFICATE,
  { ...REQUESTED, subjectAlternativeNames: ["www.example.com."] },
  'subjectAlternativeNames[0] must be a domain name such as example.com or *.example.com, without a dot at its end, got "www.example.com."',
);
refuses(
  operations,
  CERTIFICATE,
  { ...REQUESTED, keyAlgorithm: "RSA_4096" },
  'keyAlgorithm must be one of RSA_2048, EC_prime256v1, EC_secp384r1 for a certificate that is requested, got "RSA_4096"',
);
refuses(
  operations,
  CERTIFICATE,
  {
    ...REQUESTED,
    validationOptions: [
      { domainName: "example.com", validationDomain: "example.org" },
      { domainName: "www.example.com", validationDomain: "example.com" },
    ],
  },
  'validationDomain must be example.com or a domain above it, got "example.org"',
  "validationOptions name www.example.com, which is no name of the certificate; it has example.com, *.example.com",
);
refuses(
  operations,
  CERTIFICATE,
  { ...REQUESTED, earlyRenewalDuration: "P30D" },
  "earlyRenewalDuration is not supported offline; it is for certificates of a private certificate authority, which the emulated AWS API does not have; remove it, or use the official provider",
  "earlyRenewalDuration cannot be set together with validationMethod; remove one of them",
);
refuses(
  operations,
  CERTIFICATE,
  {
    domainName: "example.com",
    certificateAuthorityArn: "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/1",
  },
  "certificateAuthorityArn is not supported offline; the emulated AWS API has no private certificate authority; import a certificate (certificateBody, certificateChain, privateKey), or use the official provider",
);
refuses(
  operations,
  CERTIFICATE,
  { privateKey: "secret", certificateBody: PEM, options: { export: "ENABLED" }, keyAlgorithm: "RSA_2048" },
  "keyAlgorithm cannot be set together with certificateBody; remove one of them",
  "keyAlgorithm cannot be set together with privateKey; remove one of them",
  "options cannot be set together with certificateBody; remove one of them",
  "options cannot be set together with privateKey; remove one of them",
);
refuses(
  operations,
  CERTIFICATE,
  { privateKey: {}, certificateBody: PEM },
  "privateKey must be a string, got a secret value",
);
