import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import test, { type ExecutionContext } from "ava";
import type { Machine } from "../../../../local/live/account/account.ts";
import { metadataService } from "../../../../local/live/machines/metadata.ts";
import { account, machine } from "./account.ts";

const HERE = "127.0.0.1";
const PUBLIC = "203.0.113.7";
const MAC = "0e:57:7f:00:00:01";

/** The service on loopback, for a machine there, at an hour that the test turns. */
async function service(t: ExecutionContext, changes: Partial<Machine> = {}) {
  const clock = { now: Date.UTC(2026, 10, 24) };
  const asked: string[] = [];
  const book = { account: account(machine({ address: HERE, ...changes })), visitor: HERE };
  const server = createServer(
    metadataService({
      account: () => book.account,
      now: () => clock.now,
      credentialsOf: async ({ instanceId, roleArn }) => {
        asked.push(`${instanceId} ${roleArn}`);
        const expiration = new Date(Date.UTC(2026, 10, 24, 1));
        return { accessKeyId: "ASIAKEY", secretAccessKey: "secret", sessionToken: "session", expiration };
      },
    }),
  ).listen(0, HERE);
  server.on("connection", (socket) => Object.defineProperty(socket, "remoteAddress", { value: book.visitor }));
  t.teardown(() => server.close());
  await once(server, "listening");
  const origin = `http://${HERE}:${(server.address() as AddressInfo).port}`;

  async function ask(path: string, headers: Record<string, string> = {}, method = "GET") {
    const response = await fetch(`${origin}${path}`, { method, headers: { ...headers, connection: "close" } });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, body: bytes.toString(), bytes };
  }
  const token = (headers: Record<string, string> = { "X-aws-ec2-metadata-token-ttl-seconds": "60" }) =>
    ask("/latest/api/token", headers, "PUT");
  const granted = { "X-aws-ec2-metadata-token": (await token()).body };
  const get = async (path: string) => {
    const { status, body } = await ask(path, granted);
    return status === 200 ? body : status;
  };
  return { ask, token, granted, get, clock, asked, book };
}

test("nothing is said without a token, not even that there is nothing", async (t) => {
  const { ask } = await service(t);
  t.is((await ask("/latest/meta-data/instance-id")).status, 401);
  t.is((await ask("/latest/user-data")).status, 401);
  t.is((await ask("/latest/nothing")).status, 401);
  t.is((await ask("/latest/meta-data/", { "X-aws-ec2-metadata-token": "made up" })).status, 401);
});

test("a token is asked for with PUT and a time between a second and six hours, and not through a proxy", async (t) => {
  const { ask, token } = await service(t);
  const header = "X-aws-ec2-metadata-token-ttl-seconds";
  t.is((await token({ [header]: "1" })).status, 200);
  t.is((await token({ [header]: "21600" })).status, 200);
  for (const time of ["0", "21601", "-1", "soon", "1.5"]) t.is((await token({ [header]: time })).status, 400, time);
  t.is((await token({})).status, 400);
  t.is((await token({ [header]: "60", "X-Forwarded-For": "10.0.0.1" })).status, 403);
  t.is((await ask("/latest/api/token", { [header]: "60" })).status, 405);
});

test("a token ends with its time", async (t) => {
  const { get, clock } = await service(t);
  clock.now += 59_999;
  t.is(await get("/latest/meta-data/instance-id"), "i-0123456789abcdef0");
  clock.now += 1;
  t.is(await get("/latest/meta-data/instance-id"), 401);
});

test("an address where no machine is gets nothing", async (t) => {
  const { token, get, book } = await service(t);
  book.account = account(machine({ address: "10.9.0.99" }));
  t.is((await token()).status, 404);
  t.is(await get("/latest/meta-data/instance-id"), 404);
});

test("each machine is told of itself, and the token of one is of no use at another", async (t) => {
  const { token, ask, get, book } = await service(t);
  book.account = account(machine({ address: HERE }), machine({ instanceId: "i-another", address: "10.9.0.99" }));
  t.is(await get("/latest/meta-data/instance-id"), "i-0123456789abcdef0");
  book.visitor = "::ffff:10.9.0.99";
  t.is(await get("/latest/meta-data/instance-id"), 401);
  const own = { "X-aws-ec2-metadata-token": (await token()).body };
  t.is((await ask("/latest/meta-data/instance-id", own)).body, "i-another");
});

test("a machine is told who and where it is", async (t) => {
  const { get } = await service(t);
  const root = "/latest/meta-data";
  t.is(await get(`${root}/instance-id`), "i-0123456789abcdef0");
  t.is(await get(`${root}/ami-id`), "ami-0b1c54d3e8f2a6971");
  t.is(await get(`${root}/instance-type`), "t4g.small");
  t.is(await get(`${root}/local-ipv4`), HERE);
  t.is(await get(`${root}/public-ipv4`), PUBLIC);
  t.is(await get(`${root}/public-hostname`), "ec2-203-0-113-7.eu-central-1.compute.amazonaws.com");
  t.is(await get(`${root}/local-hostname`), "ip-127-0-0-1.eu-central-1.compute.internal");
  t.is(await get(`${root}/placement/availability-zone`), "eu-central-1b");
  t.is(await get(`${root}/placement/region`), "eu-central-1");
  t.is(await get(`${root}/mac`), MAC);
  t.is(await get(`${root}/network/interfaces/macs/`), `${MAC}/`);
  const card = `${root}/network/interfaces/macs/${MAC}`;
  t.is(await get(`${card}/vpc-id`), "vpc-1");
  t.is(await get(`${card}/subnet-ipv4-cidr-block`), "10.9.0.0/24");
  t.is(await get(`${card}/vpc-ipv4-cidr-blocks`), "10.9.0.0/16\n10.10.0.0/16");
  t.is(await get(`${card}/security-group-ids`), "sg-1\nsg-2");
  t.is(await get(`${card}/ipv4-associations/${PUBLIC}`), HERE);
  t.is(await get(`${root}/block-device-mapping/root`), "/dev/xvda");
  t.is(await get(`${root}/block-device-mapping/ebs1`), "/dev/sdf");
});

test("folders are listed, with a slash behind folders, under every version", async (t) => {
  const { get } = await service(t, { scalingGroup: "web" });
  t.is(await get("/latest/"), "dynamic\nmeta-data\nuser-data");
  t.is(await get("/2021-03-23/meta-data/placement/"), "availability-zone\nregion");
  t.is(await get("/latest/meta-data/iam/"), "info\nsecurity-credentials/");
  t.is(
    await get("/2009-04-04/meta-data/"),
    [
      "ami-id",
      "ami-launch-index",
      "ami-manifest-path",
      "autoscaling/",
      "block-device-mapping/",
      "hostname",
      "iam/",
      "instance-action",
      "instance-id",
      "instance-life-cycle",
      "instance-type",
      "local-hostname",
      "local-ipv4",
      "mac",
      "network/",
      "placement/",
      "public-hostname",
      "public-ipv4",
      "reservation-id",
      "security-groups",
      "services/",
    ].join("\n"),
  );
  t.is(await get("/newest/meta-data/"), 404);
  t.is(await get("/latest/meta-data/constructor"), 404);
  t.is(await get("/latest/meta-data/instance-id/more"), 404);
});

test("user data is what the account holds, byte by byte, and missing where there is none", async (t) => {
  const bytes = Buffer.from([0x1f, 0x8b, 0x00, 0xff, 0x0a]);
  const { ask, granted, book } = await service(t, { userData: bytes });
  t.deepEqual((await ask("/latest/user-data", granted)).bytes, bytes);
  book.account = account(machine({ address: HERE, userData: Buffer.alloc(0) }));
  t.is((await ask("/latest/user-data", granted)).status, 404);
});

test("a machine has the credentials of its own role, which are asked for when it asks", async (t) => {
  const { get, asked } = await service(t);
  t.is(await get("/latest/meta-data/iam/security-credentials/"), "web-role");
  t.deepEqual(asked, []);
  const { LastUpdated, ...credentials } = JSON.parse(
    String(await get("/latest/meta-data/iam/security-credentials/web-role")),
  );
  t.regex(LastUpdated, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  t.deepEqual(credentials, {
    Code: "Success",
    Type: "AWS-HMAC",
    AccessKeyId: "ASIAKEY",
    SecretAccessKey: "secret",
    Token: "session",
    Expiration: "2026-11-24T01:00:00Z",
  });
  t.deepEqual(asked, ["i-0123456789abcdef0 arn:aws:iam::123456789012:role/webstack/web-role"]);
  t.is(
    JSON.parse(String(await get("/latest/meta-data/iam/info"))).InstanceProfileArn,
    "arn:aws:iam::123456789012:instance-profile/webstack/web",
  );
  t.is(await get("/latest/meta-data/iam/security-credentials/another-role"), 404);
});

test("a machine without a role or a public address hears of neither", async (t) => {
  const { get, book } = await service(t);
  const { roleArn: _, instanceProfileArn: __, publicAddress: ___, ...bare } = machine({ address: HERE });
  book.account = account(bare);
  t.is(await get("/latest/meta-data/iam/"), 404);
  t.is(await get("/latest/meta-data/public-ipv4"), 404);
  t.is(await get(`/latest/meta-data/network/interfaces/macs/${MAC}/ipv4-associations/`), 404);
});

test("the identity document says what the account says", async (t) => {
  const { get } = await service(t);
  t.deepEqual(JSON.parse(String(await get("/latest/dynamic/instance-identity/document"))), {
    accountId: "123456789012",
    architecture: "arm64",
    availabilityZone: "eu-central-1b",
    billingProducts: null,
    devpayProductCodes: null,
    imageId: "ami-0b1c54d3e8f2a6971",
    instanceId: "i-0123456789abcdef0",
    instanceType: "t4g.small",
    kernelId: null,
    marketplaceProductCodes: null,
    pendingTime: "2026-11-24T12:00:00Z",
    privateIp: HERE,
    ramdiskId: null,
    region: "eu-central-1",
    version: "2017-09-30",
  });
});
