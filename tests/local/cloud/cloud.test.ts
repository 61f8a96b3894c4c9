import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeImagesCommand, DescribeVpcsCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { GetPolicyCommand, IAMClient } from "@aws-sdk/client-iam";
import test, { type ExecutionContext } from "ava";
import { type Cloud, openCloud } from "../../../local/cloud/cloud.ts";
import { runningEmulator, startEmulator, stopEmulator } from "../../../local/cloud/emulator.ts";
import { cloudFiles, readJson, writeWhole } from "../../../local/cloud/files.ts";
import { tryLock } from "../../../local/cloud/lock.ts";
import { runningProcess } from "../../../local/cloud/process.ts";
import { Refusal } from "../../../local/cloud/refusal.ts";
import { stateFile } from "../../../local/cloud/state.ts";

function temporary(t: ExecutionContext): string {
  const directory = mkdtempSync(join(tmpdir(), "webstack-cloud-"));
  t.teardown(async () => {
    await stopEmulator(directory);
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

async function open(localDir: string, more: { endpoint?: string; region?: string } = {}) {
  const lines: string[] = [];
  const cloud = await openCloud({ localDir, say: (line) => lines.push(line), ...more });
  return { cloud, lines };
}

function credentials(cloud: Cloud) {
  return {
    endpoint: cloud.endpoint,
    region: cloud.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
}

/** State of a stack with one resource besides its providers and components. */
function occupy(localDir: string, stack: string): void {
  const resources = [
    { urn: "urn:1", type: "pulumi:pulumi:Stack" },
    { urn: "urn:2", type: "pulumi:providers:aws", custom: true },
    { urn: "urn:3", type: "aws:ec2/vpc:Vpc", custom: true },
  ];
  writeWhole(stateFile(localDir, "tiny", stack), JSON.stringify({ version: 3, checkpoint: { latest: { resources } } }));
}

async function kill(localDir: string): Promise<number> {
  const pid = runningEmulator(localDir)?.pid ?? 0;
  process.kill(pid, "SIGKILL");
  while (runningProcess(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
  return pid;
}

test("the cloud starts once, answers on a loopback port, and is described for tools by four keys", async (t) => {
  const localDir = temporary(t);
  const [one, two] = await Promise.all([open(localDir), open(localDir)]);
  t.deepEqual(one.cloud, two.cloud);
  t.deepEqual([...one.lines, ...two.lines], [`Started the local cloud at ${one.cloud.endpoint}.`]);
  t.deepEqual(readJson(cloudFiles(localDir).cloud), { ...one.cloud });
  t.deepEqual(Object.keys(one.cloud), ["endpoint", "region", "accountId", "pid"]);
  t.regex(one.cloud.endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
  t.is(one.cloud.region, "us-east-1");
  t.is(one.cloud.accountId, "123456789012");
  t.true(runningProcess(one.cloud.pid ?? 0)?.command.endsWith(`serve.py ${localDir}`));
  t.regex(readFileSync(cloudFiles(localDir).log, "utf8"), /"POST \/ HTTP\/1\.1" 200/);
});

test("two local directories have clouds of their own", async (t) => {
  const [one, two] = await Promise.all([open(temporary(t)), open(temporary(t))]);
  t.not(one.cloud.endpoint, two.cloud.endpoint);
  t.not(one.cloud.pid, two.cloud.pid);
});

test("Debian's images are there in every region, several per architecture, dated", async (t) => {
  const { cloud } = await open(temporary(t), { region: "eu-north-1" });
  t.is(cloud.region, "eu-north-1");
  const ec2 = new EC2Client(credentials(cloud));
  for (const [architecture, name] of [
    ["x86_64", "amd64"],
    ["arm64", "arm64"],
  ] as const) {
    const { Images = [] } = await ec2.send(
      new DescribeImagesCommand({
        Owners: ["136693071363"],
        Filters: [
          { Name: "name", Values: [`debian-13-${name}-*`] },
          { Name: "architecture", Values: [architecture] },
        ],
      }),
    );
    t.is(Images.length, 3);
    t.is(new Set(Images.map(({ CreationDate }) => CreationDate)).size, 3);
    for (const image of Images) {
      t.regex(image.Name ?? "", new RegExp(`^debian-13-${name}-\\d{8}-\\d+$`));
      t.like(image, {
        RootDeviceName: "/dev/xvda",
        RootDeviceType: "ebs",
        VirtualizationType: "hvm",
        State: "available",
      });
    }
  }
});

test("managed policies exist, and what AWS refuses is refused: an unknown image, an unknown instance type", async (t) => {
  const { cloud } = await open(temporary(t));
  const arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
  const { Policy } = await new IAMClient(credentials(cloud)).send(new GetPolicyCommand({ PolicyArn: arn }));
  t.is(Policy?.Arn, arn);

  const ec2 = new EC2Client(credentials(cloud));
  const run = (ImageId: string, InstanceType: string) =>
    ec2.send(new RunInstancesCommand({ ImageId, InstanceType: InstanceType as "t4g.nano", MinCount: 1, MaxCount: 1 }));
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ["136693071363"] }));
  const image = Images[0]?.ImageId ?? "";
  await t.throwsAsync(run("ami-00000000000000000", "t4g.nano"), { name: "InvalidAMIID.NotFound" });
  await t.throwsAsync(run(image, "t4g.gigantic"), { name: "InvalidInstanceType.NotFound" });
  t.is((await run(image, "t4g.nano")).Instances?.length, 1);
});

test("a cloud that has died is replaced, with a word about it, when no state has resources", async (t) => {
  const localDir = temporary(t);
  const before = await open(localDir);
  const pid = await kill(localDir);
  const { cloud, lines } = await open(localDir);
  t.not(cloud.pid, before.cloud.pid);
  t.deepEqual(lines, [
    `The local cloud (process ${pid}) has stopped, and its memory is gone. No stack had anything in it.`,
    `Started the local cloud at ${cloud.endpoint}.`,
  ]);
});

test("a cloud that has died is not replaced while a state has resources that were in it", async (t) => {
  const localDir = temporary(t);
  await open(localDir);
  occupy(localDir, "production");
  occupy(localDir, "dev");
  const pid = await kill(localDir);
  const error = await t.throwsAsync(open(localDir), { instanceOf: Refusal });
  t.is(
    error?.message,
    `The local cloud (process ${pid}) has stopped, and its memory is gone. ` +
      "The state of dev and production still has resources there. " +
      "Run `make clean`, which removes state and cloud alike, and then `make up` again.",
  );
  t.is(runningEmulator(localDir), undefined);
});

test("an emulator that was reset is found out, though its process and port are the same", async (t) => {
  const localDir = temporary(t);
  const { cloud } = await open(localDir);
  occupy(localDir, "dev");
  await fetch(`${cloud.endpoint}/moto-api/reset`, { method: "POST" });
  await t.throwsAsync(open(localDir), {
    instanceOf: Refusal,
    message:
      `The AWS API at ${cloud.endpoint} is not the one that made them, or has lost its memory. ` +
      "The state of dev still has resources there. " +
      "Run `make clean`, which removes state and cloud alike, and then `make up` again.",
  });
});

test("a process that got the dead emulator's id is neither used nor stopped", async (t) => {
  const localDir = temporary(t);
  const other = spawn("sleep", ["60"], { stdio: "ignore" });
  t.teardown(() => other.kill());
  writeWhole(cloudFiles(localDir).emulator, JSON.stringify({ endpoint: "http://127.0.0.1:9", pid: other.pid }));
  t.is(runningEmulator(localDir), undefined);
  t.false(await stopEmulator(localDir));
  t.truthy(runningProcess(other.pid ?? 0));
  t.not((await open(localDir)).cloud.pid, other.pid ?? 0);
});

test("an API that already runs is used without being started or stopped", async (t) => {
  const emulator = await startEmulator(temporary(t));
  const localDir = temporary(t);
  const { cloud } = await open(localDir, { endpoint: emulator.endpoint });
  t.deepEqual(cloud, { endpoint: emulator.endpoint, region: "us-east-1", accountId: "123456789012", pid: null });
  t.false(existsSync(cloudFiles(localDir).emulator));
  t.false(await stopEmulator(localDir));
  await t.notThrowsAsync(new EC2Client(credentials(cloud)).send(new DescribeVpcsCommand({})));
});

test("a proxy in front of the local cloud is the same cloud, another emulator is not", async (t) => {
  const localDir = temporary(t);
  const { cloud } = await open(localDir);
  occupy(localDir, "dev");
  const proxy = createServer(async (request, response) => {
    const headers = request.headers as Record<string, string>;
    const body = request as unknown as ReadableStream;
    const options: RequestInit = { method: request.method ?? "GET", headers, body };
    const answer = await fetch(cloud.endpoint + request.url, { ...options, duplex: "half" } as RequestInit);
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  t.teardown(() => proxy.close());
  const endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const through = await open(localDir, { endpoint });
  t.deepEqual([through.cloud.endpoint, through.cloud.pid], [endpoint, null]);
  t.deepEqual((await open(localDir)).cloud, cloud, "without ENDPOINT it is the local one again");

  const other = await startEmulator(temporary(t));
  await t.throwsAsync(open(localDir, { endpoint: other.endpoint }), {
    instanceOf: Refusal,
    message: /^The AWS API at .* is not the one that made them, or has lost its memory\. The state of dev /,
  });
});

test("an address without an AWS API is refused by its name", async (t) => {
  const silent = createServer((_request, response) => response.writeHead(404).end("nothing here"));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  t.teardown(() => silent.close());
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const error = await t.throwsAsync(open(temporary(t), { endpoint }), { instanceOf: Refusal });
  t.true(error?.message.startsWith(`No AWS API answers at ${endpoint}: `), error?.message);
});

test("an emulator that cannot start is reported with the end of its log", async (t) => {
  const localDir = temporary(t);
  const failing = join(localDir, "python");
  mkdirSync(localDir, { recursive: true });
  writeFileSync(failing, "#!/bin/sh\necho 'no module named moto' >&2\nexit 1\n", { mode: 0o755 });
  const script = `import { startEmulator } from ${JSON.stringify(join(import.meta.dirname, "../../../local/cloud/emulator.ts"))};
    await startEmulator(${JSON.stringify(localDir)}).catch((error) => console.log(error.message));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module-typescript", "-e", script], {
    encoding: "utf8",
    env: { ...process.env, WEBSTACK_PYTHON: failing },
  });
  t.is(
    stdout,
    `The emulated AWS API did not start. Its log, ${cloudFiles(localDir).log}, ends with:\nno module named moto\n`,
  );
});

const clean = join(import.meta.dirname, "../../../local/cloud/clean.ts");

test("cleaning stops the emulator and removes everything; cleaning nothing is fine", async (t) => {
  const localDir = temporary(t);
  const { cloud } = await open(localDir);
  occupy(localDir, "dev");
  const first = spawnSync(process.execPath, [clean, localDir], { encoding: "utf8" });
  t.deepEqual([first.status, first.stderr], [0, `Stopped the local cloud and removed everything under ${localDir}.\n`]);
  t.is(runningProcess(cloud.pid ?? 0), undefined);
  t.false(existsSync(localDir));
  const second = spawnSync(process.execPath, [clean, localDir], { encoding: "utf8" });
  t.deepEqual([second.status, second.stderr], [0, `Removed everything under ${localDir}.\n`]);
});

test("nothing is cleaned while an operation runs", async (t) => {
  const localDir = temporary(t);
  const lock = join(localDir, "dev/operation.lock");
  t.true(tryLock(lock));
  const { status, stderr } = spawnSync(process.execPath, [clean, localDir], { encoding: "utf8" });
  t.is(status, 1);
  t.is(stderr, `error: an operation is running (process ${process.pid}): wait until it has ended.\n`);
  t.true(existsSync(lock));
});

test("an emulator that no longer listens to SIGTERM is stopped all the same", async (t) => {
  const localDir = temporary(t);
  const { cloud } = await open(localDir);
  process.kill(cloud.pid ?? 0, "SIGSTOP");
  t.true(await stopEmulator(localDir));
  t.is(runningProcess(cloud.pid ?? 0), undefined);
});
