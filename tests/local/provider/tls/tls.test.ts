import { execFileSync } from "node:child_process";
import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "ava";
import { UNKNOWN, type Values } from "../../../../local/provider/core/values.ts";
import { isRenewalDue } from "../../../../local/provider/tls/certificate.ts";
import { tls } from "../../../../local/provider/tls/provider.ts";
import { Operations } from "../operations.ts";
import { refuses } from "../refuses.ts";

const KEY = "tls:index/privateKey:PrivateKey";
const SELF_SIGNED = "tls:index/selfSignedCert:SelfSignedCert";
const REQUEST = "tls:index/certRequest:CertRequest";
const SIGNED = "tls:index/locallySignedCert:LocallySignedCert";

const operations = await Operations.of(tls);
const folder = await mkdtemp(path.join(tmpdir(), "webstack-tls-"));
test.after.always(() => rm(folder, { recursive: true }));

let files = 0;
async function file(content: unknown): Promise<string> {
  const name = path.join(folder, `${++files}.pem`);
  await writeFile(name, String(content), { mode: 0o600 });
  return name;
}

const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: "utf8", stdio: "pipe" });
const text = async (pem: unknown): Promise<string> => run("openssl", "x509", "-in", await file(pem), "-noout", "-text");

const newKey = (inputs: Values) => operations.create(KEY, "key", inputs);
const pemOf = async (inputs: Values): Promise<string> => (await newKey(inputs)).state.privateKeyPem as string;

const P256 = { algorithm: "ECDSA", ecdsaCurve: "P256" };
const KINDS: Values[] = [
  { algorithm: "RSA" },
  P256,
  { algorithm: "ECDSA", ecdsaCurve: "P384" },
  { algorithm: "ECDSA", ecdsaCurve: "P521" },
  { algorithm: "ED25519" },
];
const named = ({ algorithm, ecdsaCurve = "" }: Values): string => `${algorithm} ${ecdsaCurve}`.trim();

for (const kind of KINDS) {
  test(`a key of the kind ${named(kind)} is the same in every form`, async (t) => {
    const { id, state } = await newKey(kind);
    const publicPem = createPublicKey(state.privateKeyPem as string).export({ type: "spki", format: "pem" });
    t.is(String(state.publicKeyPem), publicPem.toString());
    const pkcs8 = createPrivateKey(state.privateKeyPem as string).export({ type: "pkcs8", format: "pem" });
    t.is(String(state.privateKeyPemPkcs8), pkcs8.toString());
    t.regex(id, /^[0-9a-f]{40}$/);
    t.regex(
      String(state.privateKeyPem),
      {
        RSA: /^-----BEGIN RSA PRIVATE KEY-----\n/,
        ECDSA: /^-----BEGIN EC PRIVATE KEY-----\n/,
        ED25519: /^-----BEGIN PRIVATE KEY-----\n/,
      }[String(kind.algorithm)] as RegExp,
    );
  });

  test(`OpenSSH reads a key of the kind ${named(kind)}`, async (t) => {
    const { state } = await newKey(kind);
    const secret = await file(state.privateKeyOpenssh);
    t.is(run("ssh-keygen", "-y", "-f", secret), String(state.publicKeyOpenssh));
    const open = await file(state.publicKeyOpenssh);
    t.is(run("ssh-keygen", "-lf", open).split(" ")[1], String(state.publicKeyFingerprintSha256));
    t.is(run("ssh-keygen", "-lf", open, "-E", "md5").split(" ")[1], `MD5:${state.publicKeyFingerprintMd5}`);
  });

  test(`a chain that begins with a key of the kind ${named(kind)} is valid`, async (t) => {
    const caPrivateKeyPem = await pemOf(kind);
    const root = await operations.create(SELF_SIGNED, "root", {
      privateKeyPem: caPrivateKeyPem,
      subject: { commonName: "Root", organization: "Müller & Söhne" },
      isCaCertificate: true,
      validityPeriodHours: 48,
      allowedUses: ["cert_signing", "crl_signing"],
    });
    const request = await operations.create(REQUEST, "request", {
      privateKeyPem: await pemOf(kind),
      subject: { commonName: "www.example.com" },
      dnsNames: ["www.example.com", "*.example.org"],
      ipAddresses: ["192.0.2.1", "2001:db8::1"],
      uris: ["spiffe://example.com/web"],
    });
    const leaf = await operations.create(SIGNED, "leaf", {
      certRequestPem: request.state.certRequestPem,
      caCertPem: root.state.certPem,
      caPrivateKeyPem,
      validityPeriodHours: 24,
      allowedUses: ["digital_signature", "key_encipherment", "server_auth"],
      setSubjectKeyId: true,
    });
    const [ca, site] = [root, leaf].map(({ state }) => new X509Certificate(String(state.certPem)));
    t.true(ca?.ca);
    t.false(site?.ca);
    t.true(ca && site?.checkIssued(ca));
    t.true(ca && site?.verify(ca.publicKey));
    t.is(site?.checkHost("www.example.com"), "www.example.com");
    t.is(site?.checkHost("a.example.org"), "*.example.org");
    t.is(site?.checkHost("example.net"), undefined);
    t.is(site?.checkIP("192.0.2.1"), "192.0.2.1");
    t.is(site?.checkIP("2001:db8::1"), "2001:db8::1");
    const [rootFile, leafFile] = [await file(root.state.certPem), await file(leaf.state.certPem)];
    t.regex(
      run("openssl", "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", rootFile, leafFile),
      /: OK\n$/,
    );
    t.is(root.state.keyAlgorithm, kind.algorithm);
    t.is(request.state.keyAlgorithm, kind.algorithm);
    t.is(leaf.state.caKeyAlgorithm, kind.algorithm);
  });
}

test("a key of the curve P224 has no form for OpenSSH, and signs nothing", async (t) => {
  const { state } = await newKey({ algorithm: "ECDSA" });
  t.like(state, { ecdsaCurve: "P224", privateKeyOpenssh: "", publicKeyOpenssh: "", publicKeyFingerprintMd5: "" });
  const inputs = { privateKeyPem: state.privateKeyPem, subject: { commonName: "a" } };
  await t.throwsAsync(operations.create(REQUEST, "request", inputs), {
    message:
      "privateKeyPem is a key of the kind secp224r1, with which the offline provider cannot sign; use RSA, ED25519, or ECDSA with the curve P256, P384 or P521",
  });
});

test("an RSA key is as long as asked for", async (t) => {
  const { state } = await newKey({ algorithm: "RSA", rsaBits: 3072 });
  t.is(createPublicKey(String(state.publicKeyPem)).asymmetricKeyDetails?.modulusLength, 3072);
});

test("an authority below another may sign as far as its path length allows", async (t) => {
  const [rootKey, middleKey, leafKey] = await Promise.all([pemOf(P256), pemOf(P256), pemOf(P256)]);
  const root = await operations.create(SELF_SIGNED, "root", {
    privateKeyPem: rootKey,
    subject: { commonName: "Root" },
    isCaCertificate: true,
    maxPathLength: 1,
    validityPeriodHours: 48,
    allowedUses: ["cert_signing"],
  });
  const sign = async (key: unknown, commonName: string, issuer: Values, caKey: unknown, more: Values) => {
    const request = await operations.create(REQUEST, commonName, { privateKeyPem: key, subject: { commonName } });
    return operations.create(SIGNED, commonName, {
      certRequestPem: request.state.certRequestPem,
      caCertPem: issuer.certPem,
      caPrivateKeyPem: caKey,
      validityPeriodHours: 24,
      ...more,
    });
  };
  const middle = await sign(middleKey, "Middle", root.state, rootKey, {
    isCaCertificate: true,
    maxPathLength: 0,
    allowedUses: ["cert_signing"],
  });
  const leaf = await sign(leafKey, "Leaf", middle.state, middleKey, { allowedUses: ["server_auth"] });
  t.regex(await text(root.state.certPem), /CA:TRUE, pathlen:1\n/);
  t.regex(await text(middle.state.certPem), /CA:TRUE, pathlen:0\n/);
  const [rootFile, middleFile, leafFile] = await Promise.all(
    [root, middle, leaf].map(({ state }) => file(state.certPem)),
  );
  const verify = ["verify", "-CAfile", rootFile ?? "", "-untrusted", middleFile ?? "", leafFile ?? ""];
  t.regex(run("openssl", ...verify), /: OK\n$/);
});

test("a certificate says all that was asked for", async (t) => {
  const { id, state } = await operations.create(SELF_SIGNED, "full", {
    privateKeyPem: await pemOf({ algorithm: "RSA" }),
    subject: {
      commonName: "example.com",
      country: "DE",
      emailAddress: "admin@example.com",
      locality: "Köln",
      organization: "Example",
      organizationalUnit: "Web",
      postalCode: "50667",
      province: "NRW",
      serialNumber: "#42",
      streetAddresses: ["Domkloster 4", "2nd floor"],
    },
    dnsNames: ["example.com"],
    setSubjectKeyId: true,
    setAuthorityKeyId: true,
    validityPeriodHours: 24,
    allowedUses: ["digital_signature", "decipher_only", "client_auth", "any_extended"],
  });
  const shown = await text(state.certPem);
  t.regex(
    shown,
    /Subject: C = DE, O = Example, OU = Web, L = K\\C3\\B6ln, ST = NRW, street = Domkloster 4, street = 2nd floor, postalCode = 50667, CN = example.com, serialNumber = #?"?#?42"?, emailAddress = admin@example.com\n/,
  );
  t.regex(shown, /X509v3 Key Usage: critical\n\s+Digital Signature, Decipher Only\n/);
  t.regex(shown, /X509v3 Extended Key Usage:\s*\n\s+TLS Web Client Authentication, Any Extended Key Usage\n/);
  t.regex(shown, /X509v3 Basic Constraints: critical\n\s+CA:FALSE\n/);
  const keyIds = [...shown.matchAll(/Key Identifier:\s*\n\s+(?:keyid:)?([0-9A-F:]{59})/g)].map(([, hex]) => hex);
  t.is(keyIds.length, 2);
  t.is(keyIds[0], keyIds[1]);
  const certificate = new X509Certificate(String(state.certPem));
  t.is(id, BigInt(`0x${certificate.serialNumber}`).toString());
  t.is(Date.parse(certificate.validFrom), Date.parse(String(state.validityStartTime)));
  t.is(Date.parse(certificate.validTo), Date.parse(String(state.validityEndTime)));
  t.is(Date.parse(String(state.validityEndTime)) - Date.parse(String(state.validityStartTime)), 24 * 3_600_000);
});

test("alternative names are critical where there is no subject", async (t) => {
  const { state } = await operations.create(SELF_SIGNED, "nameless", {
    privateKeyPem: await pemOf(P256),
    dnsNames: ["example.com"],
    validityPeriodHours: 1,
    allowedUses: [],
  });
  t.regex(await text(state.certPem), /X509v3 Subject Alternative Name: critical\n\s+DNS:example.com\n/);
});

const selfSigned = async (more: Values = {}): Promise<Values> => ({
  privateKeyPem: await pemOf(P256),
  subject: { commonName: "example.com" },
  validityPeriodHours: 10,
  allowedUses: ["server_auth"],
  ...more,
});

test("a preview of a certificate knows that it will not be due", async (t) => {
  const preview = await operations.preview(SELF_SIGNED, "preview", await selfSigned());
  t.is(preview.readyForRenewal, false);
  for (const output of ["certPem", "keyAlgorithm", "validityEndTime", "validityStartTime"])
    t.is(preview[output], UNKNOWN);
});

test("a certificate stays as it is until it is due, and then is replaced", async (t) => {
  const inputs = await selfSigned();
  const made = await operations.create(SELF_SIGNED, "site", inputs);
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  t.deepEqual((await operations.diff(made, inputs)).differences, []);

  const early = { ...inputs, earlyRenewalHours: 9 };
  t.deepEqual((await operations.diff(made, early)).differences, [
    { path: "earlyRenewalHours", kind: "update", replace: false },
  ]);
  const updated = await operations.update(made, early);
  t.is(updated.state.certPem, made.state.certPem);
  t.is(updated.state.earlyRenewalHours, 9);

  const due = { ...inputs, earlyRenewalHours: 11 };
  const plan = await operations.diff(made, due);
  t.deepEqual(plan.differences, [
    { path: "earlyRenewalHours", kind: "update", replace: false },
    { path: "readyForRenewal", kind: "update", replace: true },
  ]);
  t.deepEqual(plan.replaces, ["readyForRenewal"]);
  t.deepEqual((await operations.diff(made, due, ["readyForRenewal"])).replaces, []);
});

test("a refresh tells that a certificate is due", async (t) => {
  const made = await operations.create(SELF_SIGNED, "old", await selfSigned());
  const aged = { ...made, state: { ...made.state, validityEndTime: "2020-01-01T00:00:00Z" } };
  t.true((await operations.refresh(aged))?.state.readyForRenewal);
});

test("renewal is due from the early hours before the end on", (t) => {
  const validityEndTime = "2030-01-31T12:00:00Z";
  const at = (time: string, earlyRenewalHours?: number) =>
    isRenewalDue({ validityEndTime, earlyRenewalHours }, Date.parse(time));
  t.false(at("2030-01-31T11:59:59Z"));
  t.true(at("2030-01-31T12:00:00Z"));
  t.false(at("2030-01-31T09:59:59Z", 2));
  t.true(at("2030-01-31T10:00:00Z", 2));
  t.false(isRenewalDue({}, Date.now()));
});

test("another request or authority replaces a certificate", async (t) => {
  const caPrivateKeyPem = await pemOf(P256);
  const root = await operations.create(SELF_SIGNED, "root", {
    ...(await selfSigned({ isCaCertificate: true, allowedUses: ["cert_signing"] })),
    privateKeyPem: caPrivateKeyPem,
  });
  const request = await operations.create(REQUEST, "request", { privateKeyPem: await pemOf(P256), dnsNames: ["a.b"] });
  const inputs = {
    certRequestPem: request.state.certRequestPem,
    caCertPem: root.state.certPem,
    caPrivateKeyPem,
    validityPeriodHours: 5,
    allowedUses: ["server_auth"],
  };
  const made = await operations.create(SIGNED, "leaf", inputs);
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
  for (const [property, value] of Object.entries({
    certRequestPem: "other",
    caCertPem: "other",
    caPrivateKeyPem: "other",
    validityPeriodHours: 6,
    allowedUses: ["client_auth"],
    isCaCertificate: true,
    setSubjectKeyId: true,
    maxPathLength: 3,
  }))
    t.deepEqual((await operations.diff(made, { ...inputs, [property]: value })).replaces, [property]);
  await t.notThrowsAsync(operations.delete(made));
});

test("a write-only key signs and is not kept; only its version tells of a change", async (t) => {
  const { privateKeyPem, ...rest } = await selfSigned();
  const inputs = { ...rest, privateKeyPemWo: privateKeyPem, privateKeyPemWoVersion: 1 };
  const preview = await operations.preview(SELF_SIGNED, "wo", inputs);
  t.false("privateKeyPemWo" in preview);
  const made = await operations.create(SELF_SIGNED, "wo", inputs);
  t.false("privateKeyPemWo" in made.state);
  const certificate = new X509Certificate(String(made.state.certPem));
  t.true(certificate.checkPrivateKey(createPrivateKey(String(privateKeyPem))));
  t.deepEqual((await operations.refresh(made))?.inputs, made.inputs);
  t.deepEqual((await operations.diff(made, { ...inputs, privateKeyPemWo: "another" })).differences, []);
  t.deepEqual((await operations.diff(made, { ...inputs, privateKeyPemWoVersion: 2 })).replaces, [
    "privateKeyPemWoVersion",
  ]);
});

test("what cannot be signed says why, without showing a key", async (t) => {
  const inputs = await selfSigned();
  await t.throwsAsync(operations.create(SELF_SIGNED, "a", { ...inputs, privateKeyPem: "secret" }), {
    message:
      "privateKeyPem is not a private key in PEM form; pass the privateKeyPem of a tls.PrivateKey, or a file that begins with -----BEGIN PRIVATE KEY-----",
  });
  const authority = await operations.create(SELF_SIGNED, "a", { ...inputs, isCaCertificate: true });
  const request = await operations.create(REQUEST, "a", { privateKeyPem: inputs.privateKeyPem, dnsNames: ["a.b"] });
  const leaf = {
    certRequestPem: request.state.certRequestPem,
    caCertPem: authority.state.certPem,
    caPrivateKeyPem: inputs.privateKeyPem,
    validityPeriodHours: 1,
    allowedUses: [],
  };
  await t.throwsAsync(operations.create(SIGNED, "a", { ...leaf, caPrivateKeyPem: await pemOf(P256) }), {
    message: "caPrivateKeyPem is not the key of the certificate in caCertPem; pass the pair that belongs together",
  });
  await t.throwsAsync(operations.create(SIGNED, "a", { ...leaf, caCertPem: "none" }), {
    message: "caCertPem is not a certificate in PEM form",
  });
  await t.throwsAsync(operations.create(SIGNED, "a", { ...leaf, certRequestPem: "none" }), {
    message: "certRequestPem is not a certificate request in PEM form",
  });
});

test("signing with a certificate that is no authority's is warned of", async (t) => {
  const own = await Operations.of(tls);
  const inputs = await selfSigned();
  const site = await own.create(SELF_SIGNED, "site", inputs);
  const request = await own.create(REQUEST, "request", { privateKeyPem: inputs.privateKeyPem, dnsNames: ["a.b"] });
  await own.create(SIGNED, "leaf", {
    certRequestPem: request.state.certRequestPem,
    caCertPem: site.state.certPem,
    caPrivateKeyPem: inputs.privateKeyPem,
    validityPeriodHours: 1,
    allowedUses: [],
  });
  t.deepEqual(own.messages, [
    "warning: caCertPem is not the certificate of an authority, so clients will not trust what it signs",
  ]);
});

test("the provider's configuration is checked", async (t) => {
  await t.notThrowsAsync(
    Operations.of(tls, { config: { proxy: '{"fromEnv":true,"url":"http://proxy.example:3128"}' } }),
  );
  await t.throwsAsync(Operations.of(tls, { config: { proxy: { url: "proxy.example" }, region: "eu-west-1" } }), {
    message: [
      'proxy.url must be a URL of the scheme http, https or socks5, got "proxy.example"',
      "region is not a property of this type; it has proxy",
    ].join("\n"),
  });
});

refuses(operations, KEY, { algorithm: "DSA" }, 'algorithm must be one of RSA, ECDSA, ED25519, got "DSA"');
refuses(
  operations,
  KEY,
  { algorithm: "RSA", rsaBits: 512, ecdsaCurve: "P128" },
  "rsaBits must be at least 1024, got 512",
  'ecdsaCurve must be one of P224, P256, P384, P521, got "P128"',
);
refuses(
  operations,
  SELF_SIGNED,
  { validityPeriodHours: -1, allowedUses: ["signing"] },
  "validityPeriodHours must be at least 0, got -1",
  'allowedUses[0] must be one of any_extended, cert_signing, client_auth, code_signing, content_commitment, crl_signing, data_encipherment, decipher_only, digital_signature, email_protection, encipher_only, ipsec_end_system, ipsec_tunnel, ipsec_user, key_agreement, key_encipherment, microsoft_commercial_code_signing, microsoft_kernel_code_signing, microsoft_server_gated_crypto, netscape_server_gated_crypto, ocsp_signing, server_auth, timestamping, got "signing"',
  "privateKeyPem is missing: one of privateKeyPem, privateKeyPemWo is required",
);
refuses(
  operations,
  SELF_SIGNED,
  { validityPeriodHours: 1, allowedUses: [], privateKeyPem: "k", isCaCertificate: true },
  "subject is missing: the certificate of an authority must say whose it is; set subject.commonName",
);
refuses(
  operations,
  SELF_SIGNED,
  { validityPeriodHours: 1, allowedUses: [], privateKeyPem: "k", setAuthorityKeyId: true },
  "setAuthorityKeyId needs a key identifier to repeat; set setSubjectKeyId to true as well",
);
refuses(
  operations,
  REQUEST,
  { privateKeyPem: "k", ipAddresses: ["10.0.0.1", "10.0.0"], uris: ["no uri"] },
  'ipAddresses[1] must be an IPv4 or IPv6 address such as 10.0.0.1, got "10.0.0"',
  'uris[0] must be a URI such as spiffe://example.org/web, got "no uri"',
);
refuses(
  operations,
  REQUEST,
  { privateKeyPemWo: "k", subject: { name: "me" } },
  "subject.name is not a property of this type; it has commonName, country, emailAddress, locality, organization, organizationalUnit, postalCode, province, serialNumber, streetAddresses",
  "privateKeyPemWo needs privateKeyPemWoVersion beside it",
);
