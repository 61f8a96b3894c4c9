import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { RunningDatabase } from "../../../../local/live/databases/database.ts";
import { Authority } from "../../../../local/live/machines/authority.ts";
import { base } from "../../../../local/live/machines/base.ts";
import { privileged } from "../privileged.ts";
import { database, until } from "./servers.ts";

const ip = (parameters: string): void => void execFileSync("ip", parameters.split(" "), { stdio: "pipe" });

privileged(
  "a primary and its replica run in namespaces of their own, on the base, and leave with their data kept",
  async (t) => {
    // The base may have to be built first.
    t.timeout(600_000);
    const image = await base(t.log);
    const id = `wsdb${process.pid % 10_000}`;
    const directory = mkdtempSync(path.join(tmpdir(), "webstack-databases-"));
    chmodSync(directory, 0o755);
    const [one, two] = [`${id}a`, `${id}b`];
    ip(`netns add ${one}`);
    t.teardown(() => ip(`netns delete ${one}`));
    ip(`netns add ${two}`);
    t.teardown(() => ip(`netns delete ${two}`));
    ip(`-n ${one} link add eth0 type veth peer name eth0 netns ${two}`);
    for (const [namespace, address] of [
      [one, "10.1.0.4"],
      [two, "10.1.0.5"],
    ]) {
      ip(`-n ${namespace} address add ${address}/24 dev eth0`);
      ip(`-n ${namespace} link set eth0 up`);
    }
    const authority = await Authority.make();
    const start = async (namespace: string, address: string, identifier: string, source?: RunningDatabase) => {
      const place = {
        name: `${id}-${identifier}`,
        base: image,
        namespace,
        directory: path.join(directory, identifier),
      };
      const wanted = await database(identifier, source && { sourceIdentifier: "primary" });
      const running = await RunningDatabase.startIn(place, {
        database: { ...wanted, endpoint: { ...wanted.endpoint, port: 3306 } },
        address,
        authority,
        source,
      });
      t.teardown(() => running.stop());
      return running;
    };
    t.teardown(() => rmSync(directory, { recursive: true, force: true }));
    const primary = await start(one, "10.1.0.4", "primary");
    const replica = await start(two, "10.1.0.5", "replica-1", primary);
    t.deepEqual([primary.unsupported, replica.unsupported], [[], []]);
    await until(async () => (await replica.replicaLagSeconds()) === 0);
    t.like(await replica.replicaStatus(), { host: "10.1.0.4", port: 3306, receiving: true, applying: true });

    primary.kill();
    await primary.exited;
    t.is(await replica.replicaLagSeconds(), -1);
    const again = await start(one, "10.1.0.4", "primary");
    await until(async () => (await replica.replicaLagSeconds()) === 0);
    t.true(again.writable);
  },
);
