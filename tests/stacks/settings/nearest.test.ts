import test from "ava";
import { nearest } from "../../../stacks/settings/nearest.ts";

const KNOWN = ["domain", "network", "loadBalancing", "web", "app", "tls", "tags"];

for (const [given, expected] of [
  ["netwrok", "network"],
  ["Network", "network"],
  ["loadbalancer", "loadBalancing"],
  ["load-balancing", "loadBalancing"],
  ["tag", "tags"],
  ["wb", "web"],
  ["wbe", undefined],
  ["neXXXXk", undefined],
  ["neXXXrk", "network"],
  ["kubernetes", undefined],
  ["x", undefined],
  ["", undefined],
] as const) {
  test(`the word meant by ${JSON.stringify(given)} is ${expected ?? "unknown"}`, (t) => {
    t.is(nearest(given, KNOWN), expected);
  });
}

test("the nearest of several near words is taken", (t) => {
  t.is(nearest("replicas", ["replica", "replicaRegion", "replicas"]), "replicas");
});
