import test from "ava";
import { type Means, obstacle } from "../../../local/live/requirements.ts";

const needs = { machines: 4, databases: 2, balancers: 4 };
const means: Means = { platform: "linux", isRoot: true, memoryMiB: 8_000, diskMiB: 20_000 };

test("a machine that has what it takes is no obstacle", (t) => {
  t.is(obstacle(needs, means), undefined);
  t.is(obstacle(needs, { ...means, memoryMiB: 1_480, diskMiB: 4_096 }), undefined);
});

test("what is missing is told, with what to do", (t) => {
  t.is(
    obstacle(needs, { ...means, platform: "darwin" }),
    "make live boots machines in namespaces of Linux, and this is not Linux.",
  );
  t.is(
    obstacle(needs, { ...means, isRoot: false }),
    "make live makes namespaces and mounts file systems, so it needs root: use sudo make live.",
  );
  t.is(
    obstacle(needs, { ...means, memoryMiB: 1_479 }),
    "The stack needs about 1480 MiB of memory, and 1479 MiB are free. Boot a smaller one: fewer servers by web.minimum and app.minimum, or another environment.",
  );
  t.is(obstacle(needs, { ...means, diskMiB: 4_095 }), "The stack needs about 4096 MiB of disk, and 4095 MiB are free.");
});
