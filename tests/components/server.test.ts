import test from "ava";
import { Server, type ServerArgs } from "../../components/server.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf, unwrap } from "./support.ts";

const ARGS: ServerArgs = {
  image: { id: "ami-1", pinned: false },
  instanceType: "t4g.small",
  instanceProfileName: "profile",
  subnetId: "subnet-1",
  zone: "eu-central-1b",
  securityGroupId: "sg-1",
  volumeGiB: 12,
  dataVolumeGiB: 34,
  protectData: false,
  userData: "#cloud-config",
  tags: TAGS,
  dataTags: { ...TAGS, named: (part) => ({ part, data: "yes" }) },
};

const server = (changes: Partial<ServerArgs> = {}) => record(() => new Server("srv", { ...ARGS, ...changes }));

const INSTANCE = "aws:ec2/instance:Instance";

test("the machine is encrypted, takes metadata requests of version 2 only, and has no key for SSH", async (t) => {
  t.deepEqual((await server()).one(INSTANCE).inputs, {
    ami: "ami-1",
    instanceType: "t4g.small",
    iamInstanceProfile: "profile",
    primaryNetworkInterface: { networkInterfaceId: "srv-interface-id" },
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    rootBlockDevice: {
      volumeType: "gp3",
      volumeSize: 12,
      encrypted: true,
      deleteOnTermination: true,
      tags: tagsOf("srv-system"),
    },
    userData: "#cloud-config",
    userDataReplaceOnChange: true,
    tags: tagsOf("srv"),
  });
});

test("its interface is a resource of its own, with tags and the security group", async (t) => {
  t.deepEqual((await server()).one("aws:ec2/networkInterface:NetworkInterface").inputs, {
    subnetId: "subnet-1",
    securityGroups: ["sg-1"],
    description: "Primary interface of srv",
    tags: tagsOf("srv-interface"),
  });
});

test("its address belongs to the interface, and is there before the machine boots", async (t) => {
  const { one, built } = await server();
  t.deepEqual(one("aws:ec2/eip:Eip").inputs, { domain: "vpc", tags: tagsOf("srv-address") });
  t.deepEqual(one("aws:ec2/eipAssociation:EipAssociation").inputs, {
    allocationId: "eipalloc-1",
    networkInterfaceId: "srv-interface-id",
  });
  t.deepEqual(one(INSTANCE).dependencies, ["srv-address", "srv-data", "srv-interface"]);
  t.is(await unwrap(built.publicIp), "203.0.113.10");
  t.is(await unwrap(built.instanceId), "srv-instance-id");
});

test("its data is on an encrypted volume in the same zone, taken from a machine only when that has stopped", async (t) => {
  const { one } = await server();
  t.deepEqual(one("aws:ebs/volume:Volume").inputs, {
    availabilityZone: "eu-central-1b",
    size: 34,
    type: "gp3",
    encrypted: true,
    finalSnapshot: false,
    tags: { part: "srv-data", data: "yes" },
  });
  t.deepEqual(one("aws:ec2/volumeAttachment:VolumeAttachment").inputs, {
    deviceName: "/dev/sdf",
    instanceId: "srv-instance-id",
    volumeId: "vol-0123456789abcdef0",
    stopInstanceBeforeDetaching: true,
  });
});

test("protected data refuses to go, and leaves a snapshot when it must; the machine itself can always be replaced", async (t) => {
  const { one, seen } = await server({ protectData: true });
  t.is(one("aws:ebs/volume:Volume").inputs.finalSnapshot, true);
  t.deepEqual(
    seen.filter(({ protect }) => protect).map(({ name, type }) => `${type} ${name}`),
    ["aws:ebs/volume:Volume srv-data"],
  );
});

test("the old machine goes before the new one comes, as the interface and the volume cannot be on two", async (t) => {
  t.true((await server()).one(INSTANCE).deleteBeforeReplace);
});

test("another volume is another machine, since a machine mounts its volume when it boots", async (t) => {
  t.is((await server()).one(INSTANCE).replacementTrigger, "vol-0123456789abcdef0");
});

test("a newer image leaves a running machine alone unless the image is pinned", async (t) => {
  t.deepEqual((await server()).one(INSTANCE).ignoreChanges, ["ami"]);
  t.deepEqual((await server({ image: { id: "ami-1", pinned: true } })).one(INSTANCE).ignoreChanges, []);
});

test("everything belongs to the component", async (t) => {
  const { seen } = await server();
  t.is(seen.length, 7);
  t.true(seen.slice(1).every(({ parent }) => parent === "srv"));
});
