import {
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeTagsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import test from "ava";
import { UNKNOWN } from "../../../../../local/provider/core/values.ts";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, startAccount } from "../account.ts";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

const { operations, client, stop } = await startAccount();
test.after.always(stop);
const ec2 = new EC2Client(client);

const base64 = (text: string) => Buffer.from(text).toString("base64");
const describe = async (id: string) => {
  const { LaunchTemplates } = await ec2.send(new DescribeLaunchTemplatesCommand({ LaunchTemplateIds: [id] }));
  return LaunchTemplates?.[0];
};
const tagsOf = async (id: string) => {
  const { Tags = [] } = await ec2.send(new DescribeTagsCommand({ Filters: [{ Name: "resource-id", Values: [id] }] }));
  return Tags.map(({ Key, Value }) => ({ Key, Value }));
};
const dataOf = async (id: string, version: string) => {
  const { LaunchTemplateVersions } = await ec2.send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [version] }),
  );
  return LaunchTemplateVersions?.[0]?.LaunchTemplateData;
};

const inputs = {
  imageId: "ami-0123456789abcdef0",
  instanceType: "t4g.small",
  iamInstanceProfile: { name: "web" },
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
  monitoring: { enabled: true },
  blockDeviceMappings: [
    {
      deviceName: "/dev/xvda",
      ebs: {
        volumeType: "gp3",
        volumeSize: 16,
        iops: 4000,
        throughput: 200,
        encrypted: true,
        deleteOnTermination: true,
      },
    },
  ],
  networkInterfaces: [{ associatePublicIpAddress: true, deleteOnTermination: true, securityGroups: ["sg-1", "sg-2"] }],
  tagSpecifications: [
    { resourceType: "instance", tags: { Name: "web", tier: "web" } },
    { resourceType: "volume", tags: { Name: "web" } },
  ],
  userData: base64("#cloud-config"),
  updateDefaultVersion: true,
};

test("a launch template lives as AWS's own would: other contents are another version", async (t) => {
  await liveThrough(t, operations, {
    type: TEMPLATE,
    name: "web",
    inputs: { ...inputs, tags: { Name: "web-template" } },
    unknown: ["arn", "defaultVersion", "latestVersion"],
    update: {
      inputs: { ...inputs, instanceType: "t4g.medium", description: "bigger", tags: { Name: "other" } },
      paths: ["description", "instanceType", "tags.Name"],
    },
    replace: { inputs: { ...inputs, name: "web" }, properties: ["name"] },
    importWithout: ["updateDefaultVersion"],
    async account(id, step) {
      const template = await describe(id);
      if (step === "deleted") {
        t.is(template, undefined);
        return;
      }
      t.regex(String(template?.LaunchTemplateName), /^web-[0-9a-f]{7}$/);
      const version = step === "created" ? 1 : 2;
      t.is(template?.LatestVersionNumber, version);
      t.is(template?.DefaultVersionNumber, version);
      t.deepEqual(await tagsOf(id), [{ Key: "Name", Value: step === "created" ? "web-template" : "other" }]);
      t.like(await dataOf(id, String(version)), {
        ImageId: "ami-0123456789abcdef0",
        InstanceType: step === "created" ? "t4g.small" : "t4g.medium",
        IamInstanceProfile: { Name: "web" },
        UserData: inputs.userData,
        MetadataOptions: { HttpEndpoint: "enabled", HttpTokens: "required", HttpPutResponseHopLimit: 1 },
        Monitoring: { Enabled: true },
        NetworkInterfaces: [{ AssociatePublicIpAddress: true, DeviceIndex: 0, Groups: ["sg-1", "sg-2"] }],
        BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeType: "gp3", Iops: 4000, Throughput: 200 } }],
      });
    },
  });
});

test("only new contents make a version, and the default follows only where the program says so", async (t) => {
  const plain = { imageId: "ami-1", instanceType: "t4g.small" };
  const made = await operations.create(TEMPLATE, "plain", plain);
  t.is(made.state.arn, `arn:aws:ec2:eu-west-1:${ACCOUNT_ID}:launch-template/${made.id}`);
  const tagged = await operations.update(made, { ...plain, tags: { Name: "plain" } });
  t.is(tagged.state.latestVersion, 1);
  const second = await operations.update(tagged, { ...plain, instanceType: "t4g.medium" });
  t.like(second.state, { latestVersion: 2, defaultVersion: 1 });
  const chosen = await operations.update(second, { ...plain, instanceType: "t4g.medium", defaultVersion: 2 });
  t.like(chosen.state, { latestVersion: 2, defaultVersion: 2 });
  const back = await operations.update(chosen, { ...plain, instanceType: "t4g.medium", defaultVersion: 1 });
  const following = await operations.update(back, { ...plain, instanceType: "t4g.medium", updateDefaultVersion: true });
  t.like(following.state, { latestVersion: 2, defaultVersion: 2 });
  await operations.delete(following);
});

test("a preview knows that new contents make a version, and that new tags do not", async (t) => {
  const plain = { imageId: "ami-1", instanceType: "t4g.small", updateDefaultVersion: true };
  const made = await operations.create(TEMPLATE, "preview", plain);
  const contents = await operations.previewUpdate(made, { ...plain, userData: base64("new") });
  t.is(contents.latestVersion, UNKNOWN);
  t.is(contents.defaultVersion, UNKNOWN);
  const tags = await operations.previewUpdate(made, { ...plain, tags: { Name: "new" } });
  t.is(tags.latestVersion, 1);
  await operations.delete(made);
});

refuses(
  operations,
  TEMPLATE,
  { userData: "#cloud-config" },
  "userData must be Base64: Buffer.from(text).toString('base64')",
);
refuses(
  operations,
  TEMPLATE,
  { vpcSecurityGroupIds: ["sg-1"], networkInterfaces: [{ associatePublicIpAddress: "true" }] },
  "vpcSecurityGroupIds cannot be set together with networkInterfaces; give the groups as networkInterfaces[*].securityGroups",
);
refuses(
  operations,
  TEMPLATE,
  { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeType: "gp2", volumeSize: 8, throughput: 200 } }] },
  "blockDeviceMappings[0].ebs.throughput cannot be set for the volume type gp2, got 200",
);
refuses(
  operations,
  TEMPLATE,
  { metadataOptions: { httpTokens: "always", httpPutResponseHopLimit: 65 }, imageId: "debian" },
  'metadataOptions.httpTokens must be one of optional, required, got "always"',
  "metadataOptions.httpPutResponseHopLimit must be from 1 to 64, got 65",
  'imageId must be an image such as ami-0123456789abcdef0, got "debian"',
);
refuses(
  operations,
  TEMPLATE,
  { defaultVersion: 1, updateDefaultVersion: true, instanceMarketOptions: { marketType: "spot" } },
  "instanceMarketOptions is not supported offline; ask for spot instances in the scaling group's mixedInstancesPolicy",
  "defaultVersion cannot be set together with updateDefaultVersion; remove one of them",
  "updateDefaultVersion cannot be set together with defaultVersion; remove one of them",
);

test("user data has a limit", async (t) => {
  t.deepEqual(
    (await operations.problems(TEMPLATE, { userData: base64("x".repeat(16_385)) })).map(({ reason }) => reason),
    ["userData must have at most 16384 bytes before it is encoded, got 16385"],
  );
});
