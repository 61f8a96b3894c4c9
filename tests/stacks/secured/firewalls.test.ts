import test from "ava";
import { EGRESS, INGRESS, rulesOf } from "../support.ts";
import { build, EDGE } from "./support.ts";

test("a request goes by TLS ports from the world to the database, and there is no other way in", async (t) => {
  t.deepEqual(rulesOf(await build(), INGRESS), [
    "app 8443 inner",
    "database 3306 app",
    "inner 443 web",
    "public 443 0.0.0.0/0",
    "public 80 0.0.0.0/0",
    "web 443 public",
  ]);
  t.deepEqual(rulesOf(await build(), EGRESS), [
    "app 3306 database",
    "app 443 0.0.0.0/0",
    "app 80 0.0.0.0/0",
    "inner 8443 app",
    "public 443 web",
    "web 443 0.0.0.0/0",
    "web 443 inner",
    "web 80 0.0.0.0/0",
  ]);
});

test("where TLS ends at the edge the ports behind it are those of HTTP", async (t) => {
  t.deepEqual(rulesOf(await build(EDGE), INGRESS), [
    "app 8080 inner",
    "database 3306 app",
    "inner 80 web",
    "public 443 0.0.0.0/0",
    "public 80 0.0.0.0/0",
    "web 80 public",
  ]);
  t.deepEqual(rulesOf(await build(EDGE), EGRESS), [
    "app 3306 database",
    "app 443 0.0.0.0/0",
    "app 80 0.0.0.0/0",
    "inner 8080 app",
    "public 80 web",
    "web 443 0.0.0.0/0",
    "web 80 0.0.0.0/0",
    "web 80 inner",
  ]);
});

test("IPv6 opens the same ways and no more", async (t) => {
  const stack = await build({ "network.ipv6": true });
  const ipv6 = (type: string) => rulesOf(stack, type).filter((rule) => rule.includes("::"));
  t.deepEqual(ipv6(INGRESS), ["public 443 ::/0", "public 80 ::/0"]);
  t.deepEqual(ipv6(EGRESS), ["app 443 ::/0", "app 80 ::/0", "web 443 ::/0", "web 80 ::/0"]);
});
