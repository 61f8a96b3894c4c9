import { existsSync } from "node:fs";
import { DescribeInstanceAttributeCommand, DescribeInstancesCommand } from "@aws-sdk/client-ec2";
import { GetInstanceProfileCommand } from "@aws-sdk/client-iam";
import type { ExecutionContext } from "ava";
import { one } from "../e2e/account.ts";
import { missing, privileged } from "../local/live/privileged.ts";
import { groupsOf, hostNetwork, leftovers, NOTHING } from "./leftovers.ts";
import { type LiveWorld, liveInAll } from "./live-world.ts";

const DOMAIN = "dev.example.com";
const PAGE = /<h1>Guest book<\/h1>/;

const before = missing().length === 0 ? hostNetwork() : {};
const dev = liveInAll("dev", { domain: DOMAIN, architecture: "simple" });

/** The one machine. */
const server = (live: LiveWorld) => one(live.document.machines);

/** Signs the guest book as a browser does. */
async function sign(t: ExecutionContext, live: LiveWorld, message: string): Promise<void> {
  const { status, headers } = await live.ask("/entries", {
    encrypted: false,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ name: "A visitor", message }).toString(),
  });
  t.is(status, 303);
  t.regex(headers.location ?? "", /^\/#entry-/);
}

/** What the guest book says, newest first. */
async function messages(live: LiveWorld): Promise<string[]> {
  const { body } = await live.ask("/api/entries", { encrypted: false });
  return (JSON.parse(body) as { entries: { message: string }[] }).entries.map(({ message }) => message);
}

privileged("a machine boots from its cloud-config, unchanged, and is what the account says that it is", async (t) => {
  const live = dev();
  const { ec2 } = live.world.account();
  const { name, instanceId, address } = server(live);
  const { UserData } = await ec2.send(
    new DescribeInstanceAttributeCommand({ InstanceId: instanceId, Attribute: "userData" }),
  );
  const userData = Buffer.from(UserData?.Value ?? "", "base64").toString();
  t.regex(userData, /^#cloud-config\n/);
  t.is(await live.run(name, "cat", "/var/lib/cloud/instance/user-data.txt"), userData.trim());
  t.is(await live.run(name, "cat", "/var/lib/cloud/data/instance-id"), instanceId);
  t.is(await live.run(name, "cloud-init", "query", "platform"), "ec2");
  const result = JSON.parse(await live.run(name, "cat", "/run/cloud-init/result.json"));
  t.deepEqual(result.v1.errors, []);
  t.is(await live.run(name, "hostname", "--all-ip-addresses"), address);
  t.is(await live.run(name, "systemctl", "is-active", "nginx", "mariadb", "webstack-app"), "active\nactive\nactive");
});

privileged("the page is served at the address and by the name, and www is the same site", async (t) => {
  const live = dev();
  const resolver = live.resolver();
  const [address = "", ...others] = await resolver.resolve4(DOMAIN);
  t.deepEqual(others, []);
  t.deepEqual(await resolver.resolveCname(`www.${DOMAIN}`), [DOMAIN]);
  t.deepEqual(await resolver.resolve4(`www.${DOMAIN}`), [address]);
  await t.throwsAsync(resolver.resolve4(`nothing.${DOMAIN}`), { code: "ENOTFOUND" });

  t.regex(await live.run("outside", "curl", "--silent", `http://${address}/`), PAGE);
  for (const host of [DOMAIN, `www.${DOMAIN}`]) {
    const { status, body } = await live.ask("/", { encrypted: false, host });
    t.is(status, 200);
    t.regex(body, PAGE);
  }
  const certificate = await live.ask().then(
    () => "trusted",
    ({ code }: NodeJS.ErrnoException) => code,
  );
  t.is(certificate, "DEPTH_ZERO_SELF_SIGNED_CERT", "its certificate for port 443 is its own");
});

privileged(
  "the machine is its role and nobody else, and the first version of the metadata service is refused",
  async (t) => {
    const live = dev();
    const { ec2, iam } = live.world.account();
    const { name, instanceId } = server(live);
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
    const profile = one(one(Reservations).Instances).IamInstanceProfile?.Arn?.split("/").at(-1) ?? "";
    const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName: profile }));
    const role = one(InstanceProfile?.Roles).RoleName;

    const who = await live.run(name, "aws", "sts", "get-caller-identity", "--query", "Arn", "--output", "text");
    t.is(who, `arn:aws:sts::123456789012:assumed-role/${role}/${instanceId}`);

    const status = ["--silent", "--output", "/dev/null", "--write-out", "%{http_code}"];
    const metadata = "http://169.254.169.254/latest/meta-data/";
    t.is(await live.run(name, "curl", ...status, metadata), "401");
    const token = await live.run(
      name,
      ...["curl", "--silent", "--request", "PUT", "--header", "X-aws-ec2-metadata-token-ttl-seconds: 60"],
      "http://169.254.169.254/latest/api/token",
    );
    t.is(
      await live.run(
        name,
        "curl",
        "--silent",
        "--header",
        `X-aws-ec2-metadata-token: ${token}`,
        `${metadata}instance-id`,
      ),
      instanceId,
    );
  },
);

privileged("the guest book survives a reboot", async (t) => {
  const live = dev();
  const { name, pid } = server(live);
  await sign(t, live, "before the reboot");

  await live.run(name, "systemctl", "reboot");
  await live.until("it boots again", () => server(live).pid !== pid);
  await live.ready();
  t.deepEqual(await messages(live), ["before the reboot"]);
  t.is(one(live.members("server")).state, "booted");
});

privileged("a machine whose power failed stays off until it is healed, and the guest book survives that", async (t) => {
  const live = dev();
  const { name } = server(live);
  await sign(t, live, "before the power failed");

  t.is(await live.kill(name), 0);
  const isOff = `The machine ${name} is starting.`;
  const { problems } = await live.until("it is off", (status) => status.problems.includes(isOff));
  t.deepEqual(problems, [isOff]);
  await t.throwsAsync(live.ask("/", { encrypted: false }));

  t.is(await live.heal(), 0);
  await live.until("it is on", ({ phase }) => phase === "ready");
  t.deepEqual(await messages(live), ["before the power failed", "before the reboot"]);
});

privileged("a run whose supervisor was killed is followed by one that begins anew", async (t) => {
  const live = dev();
  const { pid } = server(live);
  process.kill(live.supervisor, "SIGKILL");
  await live.until("its machines end with it", () => !existsSync(`/proc/${pid}`));

  t.is(await live.up(), 0);
  t.deepEqual(await messages(live), [], "disks are a run's own");
  t.is((await live.ask("/", { encrypted: false })).status, 200);
});

privileged("a run leaves this machine's network alone, and nothing of it is left after its end", async (t) => {
  const live = dev();
  const groups = groupsOf(live.files);
  const during = leftovers(live.files, groups);
  for (const [kind, those] of Object.entries(during)) {
    // Its mounts are in namespaces of their own from the beginning.
    if (kind !== "mounts") t.true(those.length > 0, kind);
  }
  t.deepEqual(hostNetwork(), before);

  await live.down();
  t.deepEqual(leftovers(live.files, groups), NOTHING);
  t.deepEqual(hostNetwork(), before);
});
