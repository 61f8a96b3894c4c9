import { appendFileSync, cpSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { one } from "../e2e/account.ts";
import { privileged } from "../local/live/privileged.ts";
import { liveInAll } from "./live-world.ts";
import { Load, summary } from "./load.ts";

const settings = { domain: "dev.example.com", architecture: "simple" };
const dev = liveInAll("dev", settings);

privileged("the one machine is killed: nobody is served until somebody starts another", async (t) => {
  t.timeout(600_000);
  const live = dev();
  const load = Load.start(live, { encrypted: false });
  t.teardown(() => load.stop());
  const met = await load.during("the one machine killed", async () => {
    await live.kill(one(live.document.machines).name);
    // By the stack itself it never comes back.
    await sleep(5_000);
    await live.heal();
    await live.ready();
  });
  t.log(summary(met));
  t.true(met.failed.length > 0);
  t.deepEqual(await load.lost(), []);
});

privileged("a release: nobody is served until the machine that has it has booted", async (t) => {
  t.timeout(600_000);
  const live = dev();
  const load = Load.start(live, { encrypted: false });
  t.teardown(() => load.stop());
  const path = join(live.world.root, "release");
  cpSync(join(import.meta.dirname, "../../app"), path, { recursive: true });
  appendFileSync(join(path, "server.ts"), "\n// another\n");
  live.world.configure("dev", { ...settings, release: { path } });
  const met = await load.during("a release rolled out", async () => {
    await live.world.succeed("up", "dev");
    await live.ready();
  });
  t.log(summary(met));
  t.true(met.failed.length > 0);
  t.deepEqual(await load.lost(), []);
});
