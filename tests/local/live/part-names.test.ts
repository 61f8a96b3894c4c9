import test from "ava";
import { balancerName, machineName } from "../../../local/live/part-names.ts";
import { balancer, machine, subnet } from "./stacks.ts";

test("a machine is called by its tier, its zone and the end of its id", (t) => {
  const zone = subnet("subnet-1", "b", "10.0.0.0/24");
  t.is(machineName(machine("i-0abc3f2c", "10.0.0.4", { tags: { tier: "web" } }), zone), "web-b-3f2c");
  t.is(machineName(machine("i-0abc3f2c", "10.0.0.4"), zone), "machine-b-3f2c");
});

test("a load balancer is called by its name and its zone", (t) => {
  const placed = {
    balancer: balancer("public", "internet-facing"),
    subnet: subnet("subnet-1", "a", "10.0.0.0/24"),
    interface: { name: "0123-eu-west-1a", subnetId: "subnet-1", address: "10.0.0.254", securityGroupIds: [] },
  };
  t.is(balancerName(placed), "public-a");
});
