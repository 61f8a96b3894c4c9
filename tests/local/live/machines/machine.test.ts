import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import test from "ava";
import { startEmulator, stopEmulator } from "../../../../local/cloud/emulator.ts";
import { credentials } from "../../../../local/cloud/identity.ts";
import { base } from "../../../../local/live/machines/base.ts";
import { groupOf, removeGroupsSoon } from "../../../../local/live/machines/control-groups.ts";
import { instanceCredentials } from "../../../../local/live/machines/credentials.ts";
import type { BootedMachine } from "../../../../local/live/machines/machine.ts";
import { AttachedVolume } from "../../../../local/live/machines/volume.ts";
import { cloudConfig } from "../../../../machines/cloud-config.ts";
import { webServer } from "../../../../machines/web-server.ts";
import { missing, privileged } from "../privileged.ts";
import { account, machine } from "./account.ts";
import { Site } from "./site.ts";

const REGION = "eu-central-1";
const able = missing().length === 0;

let directory = "";
let built = "";
let endpoint = "";

test.before(async (t) => {
  if (!able) return;
  t.timeout(10 * 60_000);
  built = await base((line) => t.log(line));
  const cloud = mkdtempSync(join(tmpdir(), "webstack-machines-cloud-"));
  directory = cloud;
  ({ endpoint } = await startEmulator(cloud));
});

test.after.always(async () => {
  if (directory === "") return;
  await stopEmulator(directory);
  rmSync(directory, { recursive: true });
});

/** A site with a machine that is told this user data. */
async function siteFor(userData: string, roleArn?: string): Promise<Site> {
  const { roleArn: _, ...bare } = machine();
  const told = { ...bare, userData: Buffer.from(userData), ...(roleArn !== undefined && { roleArn }) };
  const site = await Site.open("wsl2", built, told);
  await site.serve(account(told), endpoint, instanceCredentials(endpoint, REGION));
  return site;
}

const config = (packages: string[]) =>
  cloudConfig({ packages, files: [{ path: "/root/file", content: "" }], commands: [["touch", "/root/went-on"]] });

/** Waits for cloud-init, and says how it ended. */
async function done(booted: BootedMachine): Promise<string> {
  await booted.run(["cloud-init", "status", "--wait"], { timeoutMs: 120_000 });
  const { stdout } = await booted.run(["cloud-init", "status", "--format", "json"]);
  return JSON.parse(stdout).extended_status;
}

const say = async (booted: BootedMachine, ...command: string[]) => {
  const { stdout, stderr } = await booted.run(command);
  return (stdout + stderr).trim();
};

/** What is left of a machine whose directory this is, or of a volume whose file. */
function remains(of: string): string[] {
  const processes = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
  const loops = execFileSync("losetup", ["--list", "--noheadings", "--output", "BACK-FILE"], { encoding: "utf8" });
  const groups = execFileSync(
    "find",
    // A machine that runs makes and removes some all the time.
    ["/sys/fs/cgroup", "-ignore_readdir_race", "-maxdepth", "2", "-name", `${groupOf(of)}*`],
    { encoding: "utf8" },
  );
  return [
    ...processes.filter((args) => args.includes(of)),
    ...readFileSync("/proc/self/mounts", "utf8")
      .split("\n")
      .filter((line) => line.includes(of)),
    ...loops.split("\n").filter((file) => file.startsWith(of)),
    ...groups.split("\n").filter(Boolean),
  ];
}

privileged("a web server boots from its user data as it is, and does so again after a reboot", async (t) => {
  t.timeout(180_000);
  const site = await siteFor(webServer({ region: REGION, application: "app.internal", idleTimeoutSeconds: 60 }));
  try {
    const started = Date.now();
    const booted = await site.boot();
    t.is(await done(booted), "done");
    t.log(`cloud-init was done after ${((Date.now() - started) / 1_000).toFixed(1)} s`);
    t.is(await say(booted, "cloud-init", "query", "v1.instance_id"), "i-0123456789abcdef0");
    t.is(await say(booted, "cloud-init", "query", "platform"), "ec2");
    t.is(await say(booted, "hostname"), "ip-10-9-0-10");
    t.is(await say(booted, "systemctl", "is-enabled", "nginx"), "enabled");
    t.is(await say(booted, "systemctl", "--failed", "--plain", "--no-legend"), "");
    // Of the application's name everything is here that AWS's endpoints are.
    t.regex(await site.visit("/"), /^HTTP\/1.1 421 /);
    t.regex(
      await booted.journal(1_000),
      /The SSM agent could not be installed from https:\/\/s3\.eu-central-1\.amazonaws\.com/,
    );

    await booted.run(["touch", "/root/marker"]);
    const pid = booted.pid;
    await booted.reboot();
    t.not(booted.pid, pid);
    t.is(booted.boots, 2);
    t.is(await done(booted), "done");
    t.is(await say(booted, "ls", "/root/marker"), "/root/marker");
    t.regex(await site.visit("/"), /^HTTP\/1.1 421 /);

    await booted.shutDown(30);
    t.regex(readFileSync(join(site.directory, "machine/console.log"), "utf8"), /Reached target .*poweroff\.target/);
    t.deepEqual(remains(join(site.directory, "machine")), []);
  } finally {
    await site.close();
  }
});

privileged("a machine is its role to AWS, by the AWS CLI that it has installed itself", async (t) => {
  t.timeout(180_000);
  const client = { endpoint, region: REGION, credentials };
  await new IAMClient(client).send(
    new CreateRoleCommand({ RoleName: "web-role", Path: "/webstack/", AssumeRolePolicyDocument: "{}" }),
  );
  const bucket = new S3Client({ ...client, forcePathStyle: true });
  await bucket.send(
    new CreateBucketCommand({ Bucket: "releases", CreateBucketConfiguration: { LocationConstraint: REGION } }),
  );
  await bucket.send(new PutObjectCommand({ Bucket: "releases", Key: "a/b.txt", Body: "from the bucket" }));

  const site = await siteFor(config(["awscli"]), "arn:aws:iam::123456789012:role/webstack/web-role");
  try {
    const started = Date.now();
    const booted = await site.boot();
    t.is(await say(booted, "sh", "-c", "command -v aws"), "");
    t.is(await done(booted), "done");
    t.log(`cloud-init was done after ${((Date.now() - started) / 1_000).toFixed(1)} s`);
    t.is(
      await say(booted, "aws", "sts", "get-caller-identity", "--region", REGION, "--query", "Arn", "--output", "text"),
      "arn:aws:sts::123456789012:assumed-role/web-role/i-0123456789abcdef0",
    );
    t.is(await say(booted, "aws", "s3", "cp", "--region", REGION, "s3://releases/a/b.txt", "-"), "from the bucket");
    t.is(await say(booted, "curl", "-s", "http://169.254.169.254/latest/meta-data/", "-w", "%{http_code}"), "401");
    // By OpenSSL's own search for authorities too.
    const check =
      "openssl s_client -connect sts.amazonaws.com:443 -verify_return_error </dev/null 2>&1 | grep Verification";
    t.is(await say(booted, "sh", "-c", check), "Verification: OK");
  } finally {
    await site.close();
  }
});

privileged("a package that the base does not have fails by name, as it would where Debian has none", async (t) => {
  t.timeout(120_000);
  const site = await siteFor(config(["redis-server"]));
  try {
    const booted = await site.boot();
    t.is(await done(booted), "error - done");
    const log = await say(booted, "cat", "/var/log/cloud-init-output.log");
    t.regex(log, /E: Failed to fetch http.*\/redis-server_.*\.deb {2}404/);
    t.is(await say(booted, "ls", "/root/went-on"), "/root/went-on");
  } finally {
    await site.close();
  }
});

privileged(
  "a volume keeps its content when power fails and when another machine has it, under all of its names",
  async (t) => {
    t.timeout(180_000);
    const site = await siteFor(config(["curl"]));
    try {
      const volume = {
        volumeId: "vol-0123456789abcdef0",
        device: "/dev/sdf",
        file: join(site.directory, "volume"),
        sizeGiB: 1,
      };
      const by = {
        id: "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0123456789abcdef0",
        name: "/dev/xvdf",
        label: "/dev/disk/by-label/webstack-data",
      };
      const first = await site.boot();
      t.is(await done(first), "done");
      await first.attach(volume);
      t.is(await say(first, "blockdev", "--getsize64", by.id), String(1024 ** 3));
      t.is(await say(first, "mkfs.ext4", "-q", "-L", "webstack-data", by.name), "");
      t.is(await say(first, "sh", "-c", `mount ${by.id} /mnt && echo kept >/mnt/file && sync /mnt/file`), "");
      first.kill();
      await first.exited;
      t.deepEqual([...remains(join(site.directory, "machine")), ...remains(volume.file)], []);

      const second = await site.boot({ directory: join(site.directory, "replacement"), volumes: [volume] });
      t.is(await done(second), "done");
      t.is(await say(second, "readlink", "-f", by.label), by.name);
      t.is(await say(second, "sh", "-c", "mount LABEL=webstack-data /mnt && cat /mnt/file"), "kept");
      t.is(await say(second, "sh", "-c", `umount /mnt && mount ${by.id} /mnt && cat /mnt/file`), "kept");
      await second.shutDown(30);
    } finally {
      await site.close();
    }
  },
);

privileged("nothing is left of machines and appliances whose supervisor was killed", async (t) => {
  t.timeout(120_000);
  const site = await siteFor(config(["curl"]));
  try {
    const room = join(site.directory, "machine");
    mkdirSync(room);
    const code = (file: string) => JSON.stringify(join(import.meta.dirname, "../../../../local/live/machines", file));
    const script = `
      import { BootedMachine } from ${code("machine.ts")};
      import { startAppliance } from ${code("appliance.ts")};
      const [base, namespace, directory] = process.argv.slice(1);
      const volume = { volumeId: "vol-1", device: "/dev/sdf", file: directory + "/volume", sizeGiB: 1 };
      await startAppliance({ name: "wsl2-idle", base, namespace, directory: directory + "/appliance", command: ["sleep", "infinity"] });
      const machine = await BootedMachine.boot({
        name: namespace, hostname: "web", base, namespace, directory, authorities: "", resolver: "169.254.169.253", volumes: [volume],
      });
      console.log(machine.pid);
    `;
    const supervisor = spawn(
      process.execPath,
      ["--input-type=module-typescript", "--eval", script, built, site.namespace, room],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    t.teardown(() => supervisor.kill("SIGKILL"));
    for await (const line of createInterface({ input: supervisor.stdout })) {
      t.true(Number(line) > 0);
      break;
    }
    t.true(remains(room).length > 0);
    const ended = once(supervisor, "exit");
    supervisor.kill("SIGKILL");
    await ended;
    const running = () => remains(room).filter((line) => !line.startsWith("/sys/fs/cgroup"));
    for (let waited = 0; running().length > 0 && waited < 5_000; waited += 100) await sleep(100);
    t.deepEqual(running(), []);
    // Empty control groups are all that outlives it, until the next start.
    await removeGroupsSoon(groupOf(room));
    await removeGroupsSoon(groupOf(join(room, "appliance")));
    t.deepEqual([...remains(room), ...remains(join(room, "appliance"))], []);
  } finally {
    await site.close();
  }
});

privileged("a volume that is attached already is not attached twice, which would destroy its content", async (t) => {
  const file = join(mkdtempSync(join(tmpdir(), "webstack-volume-")), "volume");
  const volume = { volumeId: "vol-0123456789abcdef0", device: "/dev/sdf", file, sizeGiB: 1 };
  const first = await AttachedVolume.attach(volume);
  try {
    const error = await t.throwsAsync(AttachedVolume.attach(volume));
    t.is(
      error.message,
      `The volume vol-0123456789abcdef0 is attached elsewhere: ${first.device.slice(5)} has ${file}.`,
    );
    await first.detach();
    const second = await AttachedVolume.attach(volume);
    await second.detach();
    t.deepEqual(remains(file), []);
  } finally {
    await first.detach();
    rmSync(dirname(file), { recursive: true });
  }
});
