import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { OwnAuthority } from "../../components/own-authority.ts";
import { record } from "../record.ts";
import { secret, TAGS, tagsOf, unwrap } from "./support.ts";

const authority = () =>
  record(() => {
    const made = new OwnAuthority("ca", { domain: "shop.internal", tags: TAGS });
    const site = made.issue("site", ["shop.internal", "*.shop.internal"]);
    return { made, site, inner: made.issue("inner", ["app.internal.shop.internal"]) };
  });

const KEY = "tls:index/privateKey:PrivateKey";
const SELF_SIGNED = "tls:index/selfSignedCert:SelfSignedCert";
const SIGNED = "tls:index/locallySignedCert:LocallySignedCert";

test("the authority certifies itself, for ten years, and no further authorities", async (t) => {
  const { one, built } = await authority();
  t.deepEqual(one(SELF_SIGNED).inputs, {
    privateKeyPem: secret("private key ca-key"),
    subject: { commonName: "Webstack authority", organization: "shop.internal" },
    isCaCertificate: true,
    maxPathLength: 0,
    setSubjectKeyId: true,
    allowedUses: ["cert_signing", "crl_signing"],
    validityPeriodHours: 87_600,
    earlyRenewalHours: 29_200,
  });
  t.is(await unwrap(built.made.certificatePem), "certificate ca-certificate");
});

test("every key is of the kind that load balancers and ACM take, and is used for one certificate", async (t) => {
  const { all } = await authority();
  t.deepEqual(
    all(KEY).map(({ name, inputs }) => [name, inputs]),
    ["ca-key", "ca-site-key", "ca-inner-key"].map((name) => [name, { algorithm: "ECDSA", ecdsaCurve: "P256" }]),
  );
});

test("a certificate is for its names, and signed by the authority for a year", async (t) => {
  const { one } = await authority();
  t.deepEqual(one("tls:index/certRequest:CertRequest", "ca-site-request").inputs, {
    privateKeyPem: secret("private key ca-site-key"),
    subject: { commonName: "shop.internal" },
    dnsNames: ["shop.internal", "*.shop.internal"],
  });
  t.deepEqual(one(SIGNED, "ca-site-signed").inputs, {
    certRequestPem: "request ca-site-request",
    caPrivateKeyPem: secret("private key ca-key"),
    caCertPem: "certificate ca-certificate",
    setSubjectKeyId: true,
    allowedUses: ["digital_signature", "server_auth"],
    validityPeriodHours: 8760,
    earlyRenewalHours: 2920,
  });
});

test("every certificate is renewed in the last third of its time", async (t) => {
  const { seen } = await authority();
  const lasting = seen.filter(({ inputs }) => "validityPeriodHours" in inputs);
  t.is(lasting.length, 3);
  for (const { name, inputs } of lasting) {
    t.is(Number(inputs.earlyRenewalHours) * 3, Number(inputs.validityPeriodHours), name);
  }
});

test("ACM is given the certificate with its key and with who signed it", async (t) => {
  const { one, built } = await authority();
  t.deepEqual(one("aws:acm/certificate:Certificate", "ca-inner-certificate").inputs, {
    privateKey: secret("private key ca-inner-key"),
    certificateBody: "certificate ca-inner-signed",
    certificateChain: "certificate ca-certificate",
    tags: tagsOf("ca-inner-certificate"),
  });
  t.is(await unwrap(built.inner.arn), "arn:aws:acm:eu-central-1:123456789012:certificate/ca-inner-certificate");
  t.deepEqual(built.inner.names, ["app.internal.shop.internal"]);
  t.deepEqual(built.site.names, ["shop.internal", "*.shop.internal"]);
});

test("nothing that has a key in it is an output", async (t) => {
  const { built } = await authority();
  const outputs = Object.entries(built.made).filter(([, value]) => pulumi.Output.isInstance(value));
  t.deepEqual(outputs.map(([name]) => name).sort(), ["certificatePem", "urn"]);
});

test("everything belongs to the authority", async (t) => {
  const { seen } = await authority();
  t.is(seen.length, 11);
  t.true(seen.slice(1).every(({ parent }) => parent === "ca"));
});
