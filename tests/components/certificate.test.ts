import test from "ava";
import { Certificate, type CertificateArgs } from "../../components/certificate.ts";
import { awsFixtures } from "../fixtures.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf, unwrap } from "./support.ts";

const ARGS: CertificateArgs = {
  names: ["example.com", "*.example.com"],
  zoneId: "Z1",
  wait: true,
  tags: TAGS,
};

const certificate = (changes: Partial<CertificateArgs> = {}) =>
  record(() => new Certificate("cert", { ...ARGS, ...changes }));

const CERTIFICATE = "aws:acm/certificate:Certificate";
const RECORD = "aws:route53/record:Record";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";

const ARN = "arn:aws:acm:eu-central-1:123456789012:certificate/cert-certificate";

test("ACM is asked for a certificate that the zone proves", async (t) => {
  const { one } = await certificate();
  t.deepEqual(one(CERTIFICATE).inputs, {
    domainName: "example.com",
    subjectAlternativeNames: ["*.example.com"],
    validationMethod: "DNS",
    tags: tagsOf("cert-certificate"),
  });
});

test("the domain and its wildcard share one record", async (t) => {
  t.deepEqual(
    (await certificate()).all(RECORD).map(({ name, inputs, parent }) => [name, inputs, parent]),
    [
      [
        "cert-example.com",
        {
          zoneId: "Z1",
          ttl: 300,
          name: "_proof.example.com.",
          type: "CNAME",
          records: ["_0a1b2c.acm-validations.aws."],
        },
        "cert",
      ],
    ],
  );
});

test("names of which none stands for another have a record each, a wildcard alone that of its domain", async (t) => {
  const { all, one } = await certificate({ names: ["*.example.com", "app.internal.example.com"] });
  t.deepEqual(
    all(RECORD).map(({ name, inputs }) => [name, inputs.name]),
    [
      ["cert-example.com", "_proof.example.com."],
      ["cert-app.internal.example.com", "_proof.app.internal.example.com."],
    ],
  );
  t.deepEqual(one(VALIDATION).inputs.validationRecordFqdns, ["_proof.example.com", "_proof.app.internal.example.com"]);
});

test("a certificate for one name asks for no others", async (t) => {
  const { one } = await certificate({ names: ["app.internal.example.com"] });
  t.deepEqual(one(CERTIFICATE).inputs, {
    domainName: "app.internal.example.com",
    validationMethod: "DNS",
    tags: tagsOf("cert-certificate"),
  });
});

test("whoever uses the certificate waits until it is issued", async (t) => {
  const { one, built } = await certificate();
  t.deepEqual(one(VALIDATION).inputs, { certificateArn: ARN, validationRecordFqdns: ["_proof.example.com"] });
  t.is(await unwrap(built.arn), ARN);
  t.deepEqual(built.names, ["example.com", "*.example.com"]);
});

test("the arn is that of the issued certificate", async (t) => {
  const issued = { certificateArn: "arn:issued" };
  const fixtures = awsFixtures();
  const { built } = await record(() => new Certificate("cert", ARGS), {
    fixtures: {
      ...fixtures,
      state: (resource) => (resource.type === VALIDATION ? issued : fixtures.state(resource)),
    },
  });
  t.is(await unwrap(built.arn), "arn:issued");
});

test("nobody waits where nobody delegates the zone yet, and the records are there all the same", async (t) => {
  const { all, built } = await certificate({ wait: false });
  t.deepEqual(all(VALIDATION), []);
  t.is(all(RECORD).length, 1);
  t.is(await unwrap(built.arn), ARN);
});
