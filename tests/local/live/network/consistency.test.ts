import test from "ava";
import { demandConsistency } from "../../../../local/live/network/consistency.ts";
import type { Interface } from "../../../../local/live/network/plan.ts";
import { tiers } from "./plans.ts";

const sound: Interface = {
  name: "more",
  subnetId: "subnet-app-a",
  address: "10.0.64.50",
  securityGroupIds: ["sg-app"],
};

const refused = (message: string, ...more: Partial<Interface>[]) =>
  test(`refused: ${message}`, (t) => {
    const interfaces = [...tiers.interfaces, ...more.map((each) => ({ ...sound, ...each }))];
    t.throws(() => demandConsistency({ ...tiers, interfaces }), { message: `The network cannot be made: ${message}.` });
  });

test("a plan that agrees with itself is taken", (t) => {
  t.notThrows(() => demandConsistency({ ...tiers, interfaces: [...tiers.interfaces, sound] }));
});

const rule = "needs a name of letters, digits and dashes other than fabric and outside";
refused(`interface "a/b" ${rule}`, { name: "a/b" });
refused(`interface "-" ${rule}`, { name: "-" });
refused(`interface "fabric" ${rule}`, { name: "fabric" });
refused("interface web is there twice", { name: "web" });
refused("interface more is in subnet subnet-gone, which is not there", { subnetId: "subnet-gone" });
refused("interface more has the address 10.0.80.1, which is outside its subnet's 10.0.64.0/20", {
  address: "10.0.80.1",
});
refused("interface more has the address nowhere, which is outside its subnet's 10.0.64.0/20", { address: "nowhere" });
refused("interface more has the address 10.0.64.1, which is the router's or the DNS server's", {
  address: "10.0.64.1",
});
refused("interface more has the address 10.0.0.2, which is the router's or the DNS server's", {
  subnetId: "subnet-public-a",
  address: "10.0.0.2",
});
refused("interfaces app-1 and more have the same address, 10.0.64.10", { address: "10.0.64.10" });
refused("interface more is in security group sg-gone, which is not there", { securityGroupIds: ["sg-app", "sg-gone"] });
refused("interface more has the public address 127.3.2.1, which no one on the internet can have", {
  publicAddress: "127.3.2.1",
});
refused("interface more has the public address none, which no one on the internet can have", { publicAddress: "none" });
refused("interfaces web and more have the same public address, 203.0.113.1", { publicAddress: "203.0.113.1" });
refused(
  "interface web is there twice; interface more is in subnet subnet-gone, which is not there",
  { name: "web" },
  { subnetId: "subnet-gone", address: "10.0.64.51" },
);
