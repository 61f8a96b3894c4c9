import test from "ava";
import { RemoteReplica } from "../../components/remote-replica.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf, unwrap } from "./support.ts";

const remote = (protect = false) =>
  record(
    () =>
      new RemoteReplica("rr", {
        settings: {
          engine: "mysql",
          version: "8.4",
          instanceClass: "db.m7g.large",
          storageGiB: 50,
          maximumStorageGiB: 500,
          multiAz: true,
          backupRetentionDays: 9,
          backupWindow: "01:00-02:00",
          maintenanceWindow: "mon:03:00-mon:04:00",
          insights: true,
          databaseName: "shop",
          user: "clerk",
          password: "a-password",
          kmsKeyArn: "arn:home-key",
          protect,
        },
        region: "eu-west-1",
        zones: ["eu-west-1a", "eu-west-1b"],
        cidr: "10.0.0.0/16",
        sourceArn: "arn:source",
        tags: TAGS,
      }),
  );

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/rr-key";

test("the replica follows the writer by its ARN, with a key of its own region, and takes no password", async (t) => {
  const { one } = await remote();
  const replica = one("aws:rds/instance:Instance");
  t.deepEqual(replica.inputs, {
    region: "eu-west-1",
    replicateSourceDb: "arn:source",
    instanceClass: "db.m7g.large",
    storageType: "gp3",
    storageEncrypted: true,
    maxAllocatedStorage: 500,
    parameterGroupName: "rr-parameters-1234567",
    dbSubnetGroupName: "rr-subnets-1234567",
    vpcSecurityGroupIds: ["rr-network-default-id"],
    publiclyAccessible: false,
    kmsKeyId: KEY,
    multiAz: false,
    maintenanceWindow: "mon:03:00-mon:04:00",
    autoMinorVersionUpgrade: true,
    applyImmediately: true,
    copyTagsToSnapshot: true,
    skipFinalSnapshot: true,
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: 7,
    performanceInsightsKmsKeyId: KEY,
    tags: { ...tagsOf("rr-instance"), role: "reader" },
  });
  t.deepEqual(replica.replaceOnChanges, ["replicateSourceDb"]);
});

test("everything is in the other region, and nothing there has a way in or out", async (t) => {
  const { seen, all, built } = await remote();
  for (const { name, custom, inputs } of seen) if (custom) t.is(inputs.region, "eu-west-1", name);
  t.deepEqual(
    [
      ...all("aws:ec2/route:Route"),
      ...all("aws:ec2/internetGateway:InternetGateway"),
      ...all("aws:ec2/securityGroup:SecurityGroup"),
    ],
    [],
  );
  t.deepEqual(
    all("aws:ec2/subnet:Subnet").map(({ inputs }) => [inputs.availabilityZone, inputs.cidrBlock]),
    [
      ["eu-west-1a", "10.0.128.0/20"],
      ["eu-west-1b", "10.0.144.0/20"],
    ],
  );
  t.is(await unwrap(built.arn), "arn:aws:rds:eu-central-1:123456789012:db:rr-instance");
});

test("the key of protected data can be had back for a month", async (t) => {
  t.is((await remote(false)).one("aws:kms/key:Key").inputs.deletionWindowInDays, 7);
  t.is((await remote(true)).one("aws:kms/key:Key").inputs.deletionWindowInDays, 30);
});
