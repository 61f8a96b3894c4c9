import { mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { writeWhole } from "../cloud/files.ts";
import type { ClientOptions } from "./account/clients.ts";
import { AccountReader } from "./account/reader.ts";
import type { Scope } from "./account/source.ts";
import { cleanUp } from "./clean-up.ts";
import type { LiveDocument } from "./document.ts";
import { readFaults } from "./faults.ts";
import type { LiveFiles } from "./files.ts";
import { Authority } from "./machines/authority.ts";
import { base } from "./machines/base.ts";
import { NOT_HERE } from "./machines/front.ts";
import { PUBLIC_DNS } from "./network/addresses.ts";
import { Fabric } from "./network/fabric.ts";
import { Internet } from "./outside/internet.ts";
import { LoopbackDns, LoopbackPort } from "./outside/loopback.ts";
import { membersOf, partsOf, problemsOf } from "./report.ts";
import { meansOf, obstacle } from "./requirements.ts";
import { Services } from "./services.ts";
import { type Site, siteOf, whatIsWrong } from "./site.ts";
import { StatusFile } from "./status.ts";
import { Supervisor } from "./supervisor.ts";

export interface LiveOptions {
  readonly files: LiveFiles;
  readonly scope: Scope;
  readonly client: ClientOptions;
}

/** Between two looks at the account. */
const PAUSE_MS = 500;

/** Boots what a stack has in an account and follows it until it is told to end. Whatever it made is gone when it returns. */
export async function live({ files, scope, client }: LiveOptions, signal: AbortSignal): Promise<void> {
  const began = Date.now();
  const ends: (() => Promise<void> | void)[] = [];
  const status = new StatusFile(files.status);
  await cleanUp(files);
  mkdirSync(files.sockets, { recursive: true, mode: 0o700 });
  mkdirSync(files.parts, { recursive: true });
  try {
    const reader = new AccountReader(client, scope);
    let account = await reader.read();
    const balancers = account.balancers.flatMap(({ subnetIds }) => subnetIds).length;
    const needs = { machines: account.machines.length, databases: account.databases.length, balancers };
    const missing = obstacle(needs, meansOf(files.directory));
    if (missing !== undefined) throw new Error(missing);
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
    const supervisor = new Supervisor({
      run,
      services,
      internet,
      reader,
      client,
      faults: () => readFaults(files.faults),
    });
    ends.unshift(() => supervisor.stop());

    let site: Site | undefined;
    const domain = () => site?.domain ?? "";
    const https = await LoopbackPort.open(internet, () => ({ host: domain(), port: 443 }));
    const http = await LoopbackPort.open(internet, () => ({ host: domain(), port: 80 }));
    const dns = await LoopbackDns.open(internet, PUBLIC_DNS);
    ends.unshift(() => Promise.all([https.close(), http.close(), dns.close()]).then(() => {}));
    const reach = { https: https.reach, http: http.reach, dns: dns.reach, caFile: files.authorities };

    const readyTimes = new Map<string, number>();
    while (!signal.aborted) {
      const observed = await supervisor.round();
      ({ account } = observed);
      site = siteOf(account);
      writeWhole(files.authorities, authority.certificate);
      const members = membersOf(observed, (name, ready) => {
        if (ready && !readyTimes.has(name)) readyTimes.set(name, (Date.now() - began) / 1_000);
        return readyTimes.get(name);
      });
      const problems = problemsOf(observed, members);
      if (problems.length === 0 && site) {
        const wrong = await whatIsWrong(internet, site, authority.certificate);
        if (wrong !== undefined) problems.push(`${site.domain} does not answer as it should: ${wrong}.`);
      }
      const parts = partsOf(observed, members, fabric);
      const document: LiveDocument = { ...reach, domain: domain(), ...parts };
      writeWhole(files.live, `${JSON.stringify(document, undefined, 2)}\n`);
      status.write({
        phase: problems.length === 0 ? "ready" : "converging",
        members,
        zones: [...new Set(observed.placement.plan.subnets.map(({ zone }) => zone))].sort(),
        problems,
        limits: [
          ...NOT_HERE.map(({ what }) => `${what} is not here, and machines say so in their logs.`),
          ...account.unsupported.map(({ what, why }) => `${what}: ${why}`),
        ],
      });
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
    }
  } finally {
    status.write({ phase: "stopping", members: [], zones: [], problems: [], limits: [] });
    for (const end of ends) await end();
    await cleanUp(files);
  }
}
