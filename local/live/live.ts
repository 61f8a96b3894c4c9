import { mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { Account } from "./account/account.ts";
import type { ClientOptions } from "./account/clients.ts";
import { AccountReader } from "./account/reader.ts";
import type { Scope } from "./account/source.ts";
import { reportHealth } from "./balancers/inside.ts";
import { ShownCertificates } from "./certificates.ts";
import { cleanUp } from "./clean-up.ts";
import { LagMetric } from "./databases/lag-metric.ts";
import { readFaults } from "./faults.ts";
import type { LiveFiles } from "./files.ts";
import { Authority } from "./machines/authority.ts";
import { base } from "./machines/base.ts";
import { Naming } from "./naming.ts";
import { PUBLIC_DNS } from "./network/addresses.ts";
import { Fabric } from "./network/fabric.ts";
import { Internet } from "./outside/internet.ts";
import { LoopbackDns, LoopbackPort } from "./outside/loopback.ts";
import { Publication } from "./publication.ts";
import { Replacing } from "./replacing.ts";
import { meansOf, obstacle } from "./requirements.ts";
import { Services } from "./services.ts";
import { siteOf } from "./site.ts";
import { Supervisor } from "./supervisor.ts";
import { trades } from "./trades.ts";

export interface LiveOptions {
  readonly files: LiveFiles;
  readonly scope: Scope;
  readonly client: ClientOptions;
}

/** Between two looks at the account. */
const PAUSE_MS = 500;

/** For how long an account that does not answer is waited for. */
const OUTAGE_MS = 60_000;

/** Takes down what was started, the last first. */
type Ends = (() => Promise<void> | void)[];

/**
 * Boots what a stack has in an account and follows it until it is told to end. Whatever it made is gone when it returns.
 *
 * @throws where this machine cannot do it, or the account has not answered for a minute
 */
export async function live(options: LiveOptions, signal: AbortSignal): Promise<void> {
  const { files } = options;
  const ends: Ends = [];
  await cleanUp(files);
  mkdirSync(files.sockets, { recursive: true, mode: 0o700 });
  mkdirSync(files.parts, { recursive: true });
  try {
    const { supervisor, publication } = await start(options, ends);
    let answered = Date.now();
    while (!signal.aborted) {
      try {
        await publication.publish(await supervisor.round());
        answered = Date.now();
      } catch (error) {
        if (Date.now() - answered > OUTAGE_MS) throw error;
        publication.trouble((error as Error).message);
      }
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
    }
  } finally {
    for (const end of ends) await end();
    await cleanUp(files);
  }
}

async function start({ files, scope, client }: LiveOptions, ends: Ends) {
  const reader = new AccountReader(client, scope);
  let account = await reader.read();
  demandSomething(scope, account);
  demandMeans(files, account);
  const authority = await Authority.make();
  const image = await base((line) => console.log(line));
  const fabric = await Fabric.start({ id: files.id });
  ends.unshift(() => fabric.stop());
  const internet = await Internet.start(fabric.outside, files.sockets, PUBLIC_DNS);
  ends.unshift(() => internet.stop());
  const services = await Services.start({
    fabric,
    authority,
    base: image,
    endpoint: client.endpoint,
    region: client.region,
    account: () => account,
  });
  ends.unshift(() => services.stop());
  const run = { base: image, fabric, authority, directory: files.parts };
  const cloudwatch = new CloudWatchClient(client);
  const supervisor = new Supervisor({
    fabric,
    trades: trades(run, services),
    naming: new Naming({ run, cloudwatch, connect: (host, port) => internet.connect(host, port) }),
    certificates: new ShownCertificates(authority, client.endpoint),
    replacing: new Replacing(new AutoScalingClient(client)),
    lag: new LagMetric(cloudwatch),
    hosts: services.front.hosts,
    report: (report) => reportHealth(client.endpoint, report),
    faults: () => readFaults(files.faults),
    read: async () => {
      account = await reader.read();
      return account;
    },
  });
  ends.unshift(() => supervisor.stop());

  const site = (port: number) => LoopbackPort.open(internet, () => ({ host: siteOf(account)?.domain ?? "", port }));
  const [https, http, dns] = await Promise.all([site(443), site(80), LoopbackDns.open(internet, PUBLIC_DNS)]);
  ends.unshift(() => Promise.all([https, http, dns].map((each) => each.close())).then(() => {}));
  const reach = { https: https.reach, http: http.reach, dns: dns.reach };
  const publication = new Publication({ files, fabric, internet, reach });
  ends.unshift(() => publication.end());
  return { supervisor, publication };
}

function demandSomething({ environment }: Scope, { machines, databases, balancers }: Account): void {
  if (machines.length + databases.length + balancers.length > 0) return;
  throw new Error(
    `the account has nothing of ${environment} that runs: bring a stack up with make up ENV=${environment}.`,
  );
}

function demandMeans(files: LiveFiles, { machines, databases, balancers }: Account): void {
  const nodes = balancers.flatMap(({ subnetIds }) => subnetIds);
  const needs = { machines: machines.length, databases: databases.length, balancers: nodes.length };
  const missing = obstacle(needs, meansOf(files.directory));
  if (missing !== undefined) throw new Error(missing);
}
