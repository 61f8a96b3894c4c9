import test from "ava";
import { reviewOf } from "../../../stacks/review/review.ts";
import { unwrap } from "../../components/support.ts";
import { outline, RELEASE, tagsByName } from "../support.ts";
import { ALL, build, settings } from "./support.ts";

test("the architecture, resource by resource", async (t) => {
  t.snapshot(outline(await build()));
});

test("everything that can be turned on, resource by resource", async (t) => {
  t.snapshot(outline(await build(ALL)));
});

test("an authority of the stack's own, resource by resource beside the rest", async (t) => {
  const usual = outline(await build());
  const own = outline(await build({ "tls.certificate": "own-ca" }));
  t.deepEqual(
    own.filter((line) => !usual.includes(line)),
    [
      "authority > authority-certificate-certificate: acm.Certificate",
      "authority > authority-certificate-key: tls.PrivateKey",
      "authority > authority-certificate-request: tls.CertRequest",
      "authority > authority-certificate-signed: tls.LocallySignedCert",
      "authority > authority-certificate: tls.SelfSignedCert",
      "authority > authority-inner-certificate-certificate: acm.Certificate",
      "authority > authority-inner-certificate-key: tls.PrivateKey",
      "authority > authority-inner-certificate-request: tls.CertRequest",
      "authority > authority-inner-certificate-signed: tls.LocallySignedCert",
      "authority > authority-key: tls.PrivateKey",
      "authority: webstack.OwnAuthority",
    ],
  );
});

test("without what can be turned off the stack is smaller by just that", async (t) => {
  const usual = outline(await build());
  const bare = outline(
    await build({
      "loadBalancing.accessLogs": false,
      "network.flowLogs": false,
      "protection.waf": false,
      "monitoring.dashboard": false,
      "protection.waivers": ["no-firewall"],
    }),
  );
  t.deepEqual(
    bare.filter((line) => !usual.includes(line)),
    [],
  );
  t.deepEqual(
    usual.filter((line) => !bare.includes(line)),
    [
      "access-logs > access-logs-bucket: s3.Bucket",
      "access-logs > access-logs-encryption: s3.BucketServerSideEncryptionConfiguration",
      "access-logs > access-logs-lifecycle: s3.BucketLifecycleConfiguration",
      "access-logs > access-logs-ownership: s3.BucketOwnershipControls",
      "access-logs > access-logs-policy: s3.BucketPolicy",
      "access-logs > access-logs-public-access: s3.BucketPublicAccessBlock",
      "access-logs: webstack.AccessLogs",
      "flow-logs > flow-logs-log: ec2.FlowLog",
      "flow-logs > flow-logs-logs: cloudwatch.LogGroup",
      "flow-logs > flow-logs-role: iam.Role",
      "flow-logs > flow-logs-write: iam.RolePolicy",
      "flow-logs: webstack.FlowLogs",
      "monitoring > monitoring-dashboard: cloudwatch.Dashboard",
      "web-acl > web-acl-acl: wafv2.WebAcl",
      "web-acl > web-acl-logging: wafv2.WebAclLoggingConfiguration",
      "web-acl > web-acl-logs: cloudwatch.LogGroup",
      "web-acl > web-acl-public: wafv2.WebAclAssociation",
      "web-acl: webstack.WebAcl",
    ],
  );
});

test("the outputs say where the site is, what serves it, who is told of what, and what the design is worth", async (t) => {
  const { built } = await build();
  const { monitoring, ...outputs } = await unwrap(built);
  t.deepEqual(outputs, {
    architecture: "secured",
    domain: "example.com",
    url: "https://example.com",
    nameServers: ["ns-3.example.net", "ns-4.example.net"],
    loadBalancers: { active: "public-balancer-1.eu-central-1.elb.amazonaws.com" },
    fleets: { active: { web: "web-group-1234567", app: "app-group-1234567" } },
    database: {
      writer: "writer.internal.example.com",
      reader: "reader.internal.example.com",
      instances: { primary: "webstack-dev-0a1b2c3d-primary", "replica-1": "webstack-dev-0a1b2c3d-replica-1" },
      roles: { writer: "primary", readers: ["replica-1"], fenced: [] },
      secret: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:database-credentials-secret-1234567-AbCdEf",
    },
    release: { name: RELEASE, bucket: "release-bucket-1234567", key: `releases/${RELEASE}.tar.gz` },
    review: reviewOf(settings()),
  });
  t.is(monitoring.topic, "arn:aws:sns:eu-central-1:123456789012:monitoring-topic-topic-1234567");
  t.is(
    monitoring.dashboard,
    "https://console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/webstack-dev",
  );
});

test("a standby, a signed zone and an authority of the stack's own are outputs where they are", async (t) => {
  const { built } = await build(ALL);
  t.like(await unwrap(built), {
    loadBalancers: {
      active: "public-balancer-1.eu-central-1.elb.amazonaws.com",
      standby: "standby-public-balancer-1.eu-central-1.elb.amazonaws.com",
    },
    fleets: { standby: { web: "standby-web-group-1234567", app: "standby-app-group-1234567" } },
    dsRecord: "12345 13 2 0A1B2C3D",
  });
  const own = await unwrap((await build({ "tls.certificate": "own-ca" })).built);
  t.is(own.certificateAuthority, "certificate authority-certificate");
  t.is(own.dsRecord, undefined);
});

test("every resource that takes tags has ours and the user's own, by the provider's declarations", async (t) => {
  const ours = { team: "web", project: "webstack", environment: "dev", architecture: "secured" };
  const tagged = tagsByName(await build({ ...ALL, "tags.team": "web" }));
  t.true(tagged.length > 150);
  for (const [name, tags = {}] of tagged) t.like(tags, ours, name);
});
