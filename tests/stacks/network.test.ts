import test from "ava";
import { checkStaysInPlace } from "../../stacks/network.ts";
import { PLACE } from "../record.ts";

test("a network without a database may be anywhere", (t) => {
  t.notThrows(() => checkStaysInPlace("10.1.0.0/16", [], PLACE));
});

test("a network stays where its database is, also while another one is on its way out", (t) => {
  t.notThrows(() => checkStaysInPlace("10.0.0.0/16", ["10.0.0.0/16"], PLACE));
  t.notThrows(() => checkStaysInPlace("10.0.0.0/16", ["10.1.0.0/16", "10.0.0.0/16"], PLACE));
});

test("other addresses are refused while there is a database", (t) => {
  t.throws(() => checkStaysInPlace("10.1.0.0/16", ["10.0.0.0/16"], PLACE), {
    message:
      "The configuration of stack dev has 1 problem. Nothing was changed.\n\n" +
      '  webstack:network.cidr is "10.1.0.0/16", but the database and the load balancers stand in 10.0.0.0/16, and cannot move to another network.\n' +
      "    Fix: pulumi config set --path 'webstack:network.cidr' 10.0.0.0/16",
  });
});
