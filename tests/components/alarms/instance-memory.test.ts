import test from "ava";
import { memoryGiB } from "../../../components/alarms/instance-memory.ts";

// From the table of instance classes in the RDS user guide.
for (const [instanceClass, gib] of [
  ["db.t3.micro", 1],
  ["db.t4g.small", 2],
  ["db.t4g.medium", 4],
  ["db.t3.2xlarge", 32],
  ["db.m7g.large", 8],
  ["db.m6i.32xlarge", 512],
  ["db.m5d.xlarge", 16],
  ["db.r7g.large", 16],
  ["db.r6gd.16xlarge", 512],
  ["db.r5b.24xlarge", 768],
  ["db.c6gd.medium", 2],
  ["db.x2g.large", 32],
  ["db.x2idn.16xlarge", 1024],
  ["db.z1d.3xlarge", 96],
] as const) {
  test(`${instanceClass} has ${gib} GiB`, (t) => t.is(memoryGiB(instanceClass), gib));
}

for (const instanceClass of ["db.r4.large", "db.x2iedn.xlarge", "db.q1.large", "db.m7g.metal", "db.serverless"]) {
  test(`of ${instanceClass} it is not known`, (t) => t.is(memoryGiB(instanceClass), undefined));
}
