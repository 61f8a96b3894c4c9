import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { type Status, StatusFile } from "../../../local/live/status.ts";

test("a status is written down where it is another than the last", (t) => {
  const directory = mkdtempSync(join(tmpdir(), "webstack-status-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const path = join(directory, "status.json");
  const file = new StatusFile(path);
  const status: Status = { phase: "starting", members: [], zones: [], problems: [], limits: [] };

  file.write(status);
  t.deepEqual(JSON.parse(readFileSync(path, "utf8")), status);
  rmSync(path);
  file.write({ ...status });
  t.throws(() => readFileSync(path), { code: "ENOENT" }, "whoever watches the file is not woken for nothing");
  file.write({ ...status, phase: "ready" });
  t.is(JSON.parse(readFileSync(path, "utf8")).phase, "ready");
});
