import * as aws from "@pulumi/aws";
import { database, network } from "./surroundings.ts";

/** A replica beside the database that it follows. */
const { subnets } = network(["a", "b"]);
const primary = database("primary", subnets, {
  multiAz: false,
  manageMasterUserPassword: undefined,
  password: "correct-horse-battery-staple",
  availabilityZone: "eu-west-1a",
  backupRetentionPeriod: 7,
});
new aws.rds.Instance("replica", {
  instanceClass: "db.m7g.large",
  replicateSourceDb: primary.identifier,
  availabilityZone: "eu-west-1a",
  skipFinalSnapshot: true,
});
