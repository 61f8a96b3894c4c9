import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { readFaults, writeFaults } from "../../../local/live/faults.ts";

function place(t: ExecutionContext): string {
  const directory = mkdtempSync(join(tmpdir(), "webstack-faults-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  return join(directory, "faults.json");
}

test("nothing is broken on purpose until somebody says so", (t) => {
  t.deepEqual(readFaults(place(t)), { zonesCutOff: [], killed: [] });
});

test("what was broken is read as it was written", (t) => {
  const file = place(t);
  const faults = { zonesCutOff: ["eu-west-1a"], killed: ["ws-i-1", "ws-rds-primary"] };
  writeFaults(file, faults);
  t.deepEqual(readFaults(file), faults);
});

test("a file that says something else is refused", (t) => {
  const file = place(t);
  for (const other of [
    { zonesCutOff: "eu-west-1a", killed: [] },
    { killed: [] },
    { zonesCutOff: [], killed: [], slow: [] },
  ]) {
    writeFileSync(file, JSON.stringify(other));
    t.throws(() => readFaults(file), { name: "ZodError" }, JSON.stringify(other));
  }
});
