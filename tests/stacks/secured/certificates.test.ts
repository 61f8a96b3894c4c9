import test from "ava";
import { userDataOf } from "../support.ts";
import { build, EDGE, PASSIVE } from "./support.ts";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const LISTENER = "aws:lb/listener:Listener";
const RECORD = "aws:route53/record:Record";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";

const certificateArn = (name: string) => `arn:aws:acm:eu-central-1:123456789012:certificate/${name}`;

/** What ACM is asked for. */
const asked = ({ all }: Awaited<ReturnType<typeof build>>) =>
  all(CERTIFICATE).map(({ name, inputs: { tags: _, ...inputs } }) => [name, inputs] as const);

test("ACM signs for the domain with all names below it, and for the inner load balancer by itself", async (t) => {
  t.deepEqual(asked(await build()).sort(), [
    [
      "certificate-certificate",
      { domainName: "example.com", subjectAlternativeNames: ["*.example.com"], validationMethod: "DNS" },
    ],
    ["inner-certificate-certificate", { domainName: "app.internal.example.com", validationMethod: "DNS" }],
  ]);
});

test("each name is proved once in the zone of the stack, the domain and its wildcard together", async (t) => {
  const { all } = await build();
  const proofs = all(RECORD).filter(({ inputs }) => String(inputs.name).startsWith("_proof."));
  t.deepEqual(
    proofs.map(({ name, inputs, dependencies }) => [name, inputs, dependencies.includes("dns-zone")]).sort(),
    [
      [
        "certificate-example.com",
        {
          zoneId: "Z0CREATED",
          name: "_proof.example.com.",
          type: "CNAME",
          ttl: 300,
          records: ["_0a1b2c.acm-validations.aws."],
        },
        true,
      ],
      [
        "inner-certificate-app.internal.example.com",
        {
          zoneId: "Z0CREATED",
          name: "_proof.app.internal.example.com.",
          type: "CNAME",
          ttl: 300,
          records: ["_0a1b2c.acm-validations.aws."],
        },
        true,
      ],
    ],
  );
});

test("a domain in a zone that was there before is proved in that zone", async (t) => {
  const { all } = await build({
    domain: "shop.example.com",
    "dns.zone": "existing",
    "dns.zoneName": "example.com",
  });
  t.deepEqual(
    all(RECORD)
      .filter(({ inputs }) => String(inputs.name).startsWith("_proof."))
      .map(({ inputs: { name, zoneId } }) => [name, zoneId])
      .sort(),
    [
      ["_proof.app.internal.shop.example.com.", "Z0EXISTING"],
      ["_proof.shop.example.com.", "Z0EXISTING"],
    ],
  );
});

test("load balancers listen once ACM has issued their certificates", async (t) => {
  const { all, one } = await build();
  t.deepEqual(
    all(VALIDATION)
      .map(({ name, inputs }) => [name, inputs])
      .sort(),
    [
      [
        "certificate-issued",
        {
          certificateArn: certificateArn("certificate-certificate"),
          validationRecordFqdns: ["_proof.example.com"],
        },
      ],
      [
        "inner-certificate-issued",
        {
          certificateArn: certificateArn("inner-certificate-certificate"),
          validationRecordFqdns: ["_proof.app.internal.example.com"],
        },
      ],
    ],
  );
  t.true(one(LISTENER, "public-https").dependencies.includes("certificate-issued"));
  t.true(one(LISTENER, "inner-https").dependencies.includes("inner-certificate-issued"));
});

test("an update that does not wait has the same certificates and listeners", async (t) => {
  const { all, one } = await build({ "tls.waitForValidation": false });
  t.deepEqual(all(VALIDATION), []);
  t.is(one(LISTENER, "public-https").inputs.certificateArn, certificateArn("certificate-certificate"));
  t.is(one(LISTENER, "inner-https").inputs.certificateArn, certificateArn("inner-certificate-certificate"));
});

test("where TLS ends at the edge there is one certificate", async (t) => {
  t.deepEqual(
    asked(await build(EDGE)).map(([name]) => name),
    ["certificate-certificate"],
  );
});

const OWN = { domain: "shop.internal", "tls.certificate": "own-ca" };

test("a domain that is not public has certificates of the stack's own authority, for the same names", async (t) => {
  const { all } = await build(OWN);
  t.deepEqual(
    all("tls:index/certRequest:CertRequest")
      .map(({ name, inputs: { subject, dnsNames } }) => [name, subject, dnsNames])
      .sort(),
    [
      ["authority-certificate-request", { commonName: "shop.internal" }, ["shop.internal", "*.shop.internal"]],
      [
        "authority-inner-certificate-request",
        { commonName: "app.internal.shop.internal" },
        ["app.internal.shop.internal"],
      ],
    ],
  );
  for (const { inputs } of all("tls:index/locallySignedCert:LocallySignedCert")) {
    t.like(inputs, {
      caCertPem: "certificate authority-certificate",
      validityPeriodHours: 8760,
      earlyRenewalHours: 2920,
    });
  }
});

test("load balancers have certificates of the stack's own authority from ACM, which asks for no proof", async (t) => {
  const stack = await build(OWN);
  t.deepEqual(
    asked(stack)
      .map(([name, { privateKey: _, ...inputs }]) => [name, inputs])
      .sort(),
    [
      [
        "authority-certificate-certificate",
        {
          certificateBody: "certificate authority-certificate-signed",
          certificateChain: "certificate authority-certificate",
        },
      ],
      [
        "authority-inner-certificate-certificate",
        {
          certificateBody: "certificate authority-inner-certificate-signed",
          certificateChain: "certificate authority-certificate",
        },
      ],
    ],
  );
  t.deepEqual(stack.all(VALIDATION), []);
  t.deepEqual(
    stack.all(RECORD).filter(({ inputs }) => String(inputs.name).startsWith("_proof.")),
    [],
  );
  t.is(stack.one(LISTENER, "public-https").inputs.certificateArn, certificateArn("authority-certificate-certificate"));
  t.is(
    stack.one(LISTENER, "inner-https").inputs.certificateArn,
    certificateArn("authority-inner-certificate-certificate"),
  );
});

test("web servers trust the stack's own authority for the application, and Debian's where ACM signs", async (t) => {
  const own = userDataOf(await build(OWN), "web-template");
  t.is(own.content("/etc/webstack/tls/authority.pem"), "certificate authority-certificate");
  t.is(
    own.content("/etc/webstack/site.conf"),
    "set $application https://app.internal.shop.internal;\n" +
      "keepalive_timeout 75s;\n" +
      "proxy_ssl_name app.internal.shop.internal;\n" +
      "proxy_ssl_trusted_certificate /etc/webstack/tls/authority.pem;\n",
  );
  const acm = userDataOf(await build(), "web-template");
  t.is(acm.content("/etc/webstack/tls/authority.pem"), undefined);
  t.is(
    acm.content("/etc/webstack/site.conf"),
    "set $application https://app.internal.example.com;\n" +
      "keepalive_timeout 75s;\n" +
      "proxy_ssl_name app.internal.example.com;\n" +
      "proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;\n",
  );
});

test("web servers of a standby reach their own load balancer, and know it by the one certificate that both show", async (t) => {
  const passive = await build(PASSIVE);
  t.is(
    userDataOf(passive, "standby-web-template").content("/etc/webstack/site.conf"),
    "set $application https://standby-app.internal.example.com;\n" +
      "keepalive_timeout 75s;\n" +
      "proxy_ssl_name app.internal.example.com;\n" +
      "proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;\n",
  );
  const certificates = ["inner-https", "standby-inner-https"].map((name) => passive.one(LISTENER, name).inputs);
  t.deepEqual(
    certificates.map(({ certificateArn }) => certificateArn),
    Array(2).fill(certificateArn("inner-certificate-certificate")),
  );
});
