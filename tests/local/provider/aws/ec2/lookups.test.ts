import test from "ava";
import { startAccount } from "../account.ts";

const AMI = "aws:ec2/getAmi:getAmi";
const ZONES = "aws:index/getAvailabilityZones:getAvailabilityZones";

const VPC = "aws:ec2/getVpc:getVpc";
const VPCS = "aws:ec2/getVpcs:getVpcs";

const { operations, stop } = await startAccount();
test.after.always(stop);

const debian = { owners: ["136693071363"], filters: [{ name: "name", values: ["debian-13-arm64-*"] }] };

test("the most recent of the images that match is found", async (t) => {
  t.like(await operations.invoke(AMI, { ...debian, mostRecent: true }), {
    ...debian,
    mostRecent: true,
    id: "ami-05f2d8b6c4e0a7391",
    imageId: "ami-05f2d8b6c4e0a7391",
    arn: "arn:aws:ec2:eu-west-1::image/ami-05f2d8b6c4e0a7391",
    name: "debian-13-arm64-20261019-2628",
    architecture: "arm64",
    ownerId: "136693071363",
    rootDeviceName: "/dev/xvda",
    region: "eu-west-1",
    stateReason: { code: "UNSET", message: "UNSET" },
  });
});

test("a pattern for names takes one out of many", async (t) => {
  const found = await operations.invoke(AMI, { ...debian, nameRegex: "-20260112-\\d+$" });
  t.is(found.name, "debian-13-arm64-20260112-2355");
});

test("several images are an error, unless the most recent one is asked for", async (t) => {
  await t.throwsAsync(operations.invoke(AMI, debian), {
    message:
      "3 images match (debian-13-arm64-20260112-2355, debian-13-arm64-20260511-2473, debian-13-arm64-20261019-2628); set mostRecent to take the last one, or change owners, filters or nameRegex",
  });
});

test("no image at all is an error", async (t) => {
  const filters = [{ name: "name", values: ["debian-99-*"] }];
  await t.throwsAsync(operations.invoke(AMI, { ...debian, filters, mostRecent: true }), {
    message: "no image matches; change owners, filters or nameRegex",
  });
});

test("the most recent image of anybody is only found with leave", async (t) => {
  const anybody = { filters: debian.filters, mostRecent: true };
  await t.throwsAsync(operations.invoke(AMI, anybody), {
    message:
      "mostRecent takes the last image that anybody offers; name the owners, or set allowUnsafeFilter if that is meant",
  });
  t.is((await operations.invoke(AMI, { ...anybody, allowUnsafeFilter: true })).id, "ami-05f2d8b6c4e0a7391");
});

test("a pattern that is none is an error", async (t) => {
  await t.throwsAsync(operations.invoke(AMI, { ...debian, nameRegex: "(" }), {
    message: 'nameRegex must be a regular expression, got "("',
  });
});

test("zones of the region, in order", async (t) => {
  t.deepEqual(await operations.invoke(ZONES, { state: "available" }), {
    state: "available",
    id: "eu-west-1",
    region: "eu-west-1",
    names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    zoneIds: ["euw1-az3", "euw1-az1", "euw1-az2"],
    groupNames: ["eu-west-1"],
  });
});

test("zones of another region", async (t) => {
  const { region, names } = await operations.invoke(ZONES, { region: "eu-central-1" });
  t.is(region, "eu-central-1");
  t.deepEqual(names, ["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
});

test("zones can be filtered and left out", async (t) => {
  const names = async (args: Record<string, unknown>) => (await operations.invoke(ZONES, args)).names;
  t.deepEqual(await names({ excludeNames: ["eu-west-1b"] }), ["eu-west-1a", "eu-west-1c"]);
  t.deepEqual(await names({ excludeZoneIds: ["euw1-az3"] }), ["eu-west-1b", "eu-west-1c"]);
  t.deepEqual(await names({ filters: [{ name: "zone-name", values: ["*a", "eu-west-1?"] }] }), [
    "eu-west-1a",
    "eu-west-1b",
    "eu-west-1c",
  ]);
  t.deepEqual(await names({ filters: [{ name: "opt-in-status", values: ["opted-in"] }] }), []);
  t.deepEqual(await names({ state: "impaired" }), []);
});

test("a filter that zones do not have is an error", async (t) => {
  await t.throwsAsync(operations.invoke(ZONES, { filters: [{ name: "colour", values: ["green"] }] }), {
    message:
      "filters: zones have no filter colour; there are group-name, opt-in-status, parent-zone-id, parent-zone-name, region-name, state, zone-id, zone-name, zone-type",
  });
});

test("networks are found by tags, by addresses and by id", async (t) => {
  const { id } = await operations.create("aws:ec2/vpc:Vpc", "shop", {
    cidrBlock: "10.7.0.0/16",
    enableDnsHostnames: true,
    tags: { project: "shop", environment: "test" },
  });
  const tags = { project: "shop", environment: "test" };
  t.like(await operations.invoke(VPCS, { tags }), { id: "eu-west-1", ids: [id], region: "eu-west-1", tags });
  t.deepEqual((await operations.invoke(VPCS, { tags: { ...tags, environment: "other" } })).ids, []);
  t.deepEqual((await operations.invoke(VPCS, { filters: [{ name: "cidr", values: ["10.7.0.0/16"] }] })).ids, [id]);

  const expected = {
    id,
    cidrBlock: "10.7.0.0/16",
    default: false,
    enableDnsHostnames: true,
    enableDnsSupport: true,
    instanceTenancy: "default",
    state: "available",
    tags,
  };
  t.like(await operations.invoke(VPC, { id }), expected);
  t.like(await operations.invoke(VPC, { tags }), expected);
  t.like(await operations.invoke(VPC, { cidrBlock: "10.7.0.0/16" }), expected);
  t.like(await operations.invoke(VPC, { default: true }), { default: true, cidrBlock: "172.31.0.0/16" });
});

test("none or several networks where one is asked for are an error", async (t) => {
  await t.throwsAsync(operations.invoke(VPC, { tags: { project: "nobody" } }), {
    message: "no VPC matches; change id, tags or filters",
  });
  const tags = { project: "twice" };
  for (const cidrBlock of ["10.8.0.0/16", "10.9.0.0/16"])
    await operations.create("aws:ec2/vpc:Vpc", `twice-${cidrBlock}`, { cidrBlock, tags });
  await t.throwsAsync(operations.invoke(VPC, { tags }), { message: "2 VPCs match; change tags or filters" });
});
