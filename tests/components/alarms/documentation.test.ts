import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { watchCertificate } from "../../../components/alarms/certificate.ts";
import { watchDatabase } from "../../../components/alarms/database.ts";
import type { AlarmDefinition } from "../../../components/alarms/definition.ts";
import { watchFleet } from "../../../components/alarms/fleet.ts";
import { watchBalancer } from "../../../components/alarms/load-balancer.ts";
import { SITE_IS_DOWN } from "../../../components/alarms/site-is-down.ts";

const LIMITS = {
  errorPercent: 1,
  minimumRequestsPerMinute: 20,
  latencyMilliseconds: 1000,
  cpuPercent: 80,
  memoryPercent: 85,
  diskPercent: 80,
  certificateDays: 30,
};
const fleet = (instanceType: string) => watchFleet({ ...LIMITS, minimum: 1, maximum: 2, instanceType }).alarms;
const database = (role: "writer" | "reader", instanceClass: string) =>
  watchDatabase({
    ...LIMITS,
    role,
    engine: "mysql",
    instanceClass,
    storageGiB: 20,
    maximumStorageGiB: 100,
    maximumLagSeconds: 30,
  }).alarms;

/** Every alarm there can be, by the tier it belongs to. */
const ALARMS: Readonly<Record<string, readonly Pick<AlarmDefinition, "name" | "means" | "act">[]>> = {
  Site: [SITE_IS_DOWN],
  "Load balancer": watchBalancer({ ...LIMITS, minimumTargets: 1 }).alarms,
  Fleet: [...fleet("t4g.small"), ...fleet("t2.small")],
  Database: [...database("writer", "db.t4g.small"), ...database("reader", "db.t2.small")],
  Certificate: watchCertificate(LIMITS).alarms,
};

const page = readFileSync(join(import.meta.dirname, "../../../docs/alarms.md"), "utf8");

/** Sections of the page by their headings, as `[tier, [alarm, text]]`. */
const sections = parts(page, "## ").map(([tier, text]) => [tier, parts(text, "### ")] as const);

/** What follows the headings of a level, by the headings. */
function parts(text: string, marker: string): (readonly [heading: string, text: string])[] {
  const [, ...found] = `\n${text}`.split(`\n${marker}`);
  return found.map((part) => {
    const [heading = "", ...lines] = part.split("\n");
    return [heading, lines.join("\n")] as const;
  });
}

test("docs/alarms.md has a section for every alarm, and for no other", (t) => {
  t.deepEqual(
    sections.map(([tier, alarms]) => [tier, alarms.map(([name]) => name).sort()]),
    Object.entries(ALARMS).map(([tier, alarms]) => [tier, [...new Set(alarms.map(({ name }) => name))].sort()]),
  );
});

for (const [tier, alarms] of Object.entries(ALARMS)) {
  test(`docs/alarms.md says what each alarm says (${tier})`, (t) => {
    const written = new Map(sections.find(([title]) => title === tier)?.[1]);
    for (const { name, means, act } of alarms) {
      const text = written.get(name)?.replaceAll(/\s+/g, " ") ?? "";
      t.true(text.includes(`**What it means.** ${means}`), means);
      t.true(text.includes(`**At night.** ${act}`), act);
    }
  });
}

test("a description is not longer than CloudWatch takes", (t) => {
  for (const { means, act } of Object.values(ALARMS).flat()) t.true(`${means} ${act}`.length <= 1024);
});
