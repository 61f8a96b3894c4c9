import { existsSync, readFileSync } from "node:fs";
import test from "ava";
import { imageOf } from "../../../docs/images.ts";
import { pictureOf } from "../../../review/picture/draw.ts";
import { architectures, change, planOf, standing } from "./programs.ts";
import { asideIn, edgesIn, nodesIn } from "./support.ts";

test("the simple architecture is a server that the Internet reaches, plain on port 80", async (t) => {
  const picture = pictureOf(await planOf("simple"));
  t.deepEqual(nodesIn(picture), [
    "internet anybody: unchanged",
    "names example.com: new",
    "server server-instance (t4g.small) in a: new",
  ]);
  t.deepEqual(edgesIn(picture), [
    "dns-zone -> server-instance: name new",
    "internet -> server-instance: 80 plain new, 443 tls new",
  ]);
  t.deepEqual(
    picture.places.map(({ title }) => title),
    ["Network network-vpc · 10.0.0.0/16", "Public subnets"],
  );
});

test("the distributed architecture has its tiers in the order of a request, plain but for the database", async (t) => {
  const picture = pictureOf(await planOf("distributed"));
  t.deepEqual(nodesIn(picture), [
    "internet anybody: unchanged",
    "names example.com: new",
    "public-balancer public-balancer in a, b: new",
    "fleet web-group (2 to 4 × t4g.small) in a, b: new",
    "inner-balancer inner-balancer in a, b: new",
    "fleet app-group (2 to 4 × t4g.small) in a, b: new",
    "database database-primary (mysql 8.4, db.t4g.medium; encrypted) in a: new",
    "replica database-replica-1 (db.t4g.medium; encrypted) in b: new",
  ]);
  t.deepEqual(edgesIn(picture), [
    "app-group -> database-primary: 3306 tls new",
    "app-group -> database-replica-1: 3306 tls new",
    "database-primary -> database-replica-1: replication new",
    "dns-zone -> public-balancer: name new",
    "inner-balancer -> app-group: 8080 plain new",
    "internet -> public-balancer: 80 plain new",
    "public-balancer -> web-group: 80 plain new",
    "web-group -> inner-balancer: 80 plain new",
  ]);
});

test("the secured architecture has TLS on each hop, and port 80 only leads there", async (t) => {
  const picture = pictureOf(await planOf("secured"));
  t.deepEqual(nodesIn(picture), [
    "internet anybody: unchanged",
    "names example.com: new",
    "public-balancer public-balancer (guarded by a web ACL; access logs) in a, b: new",
    "fleet web-group (2 to 6 × m7g.medium) in a, b: new",
    "inner-balancer inner-balancer (access logs) in a, b: new",
    "fleet app-group (2 to 6 × m7g.large) in a, b: new",
    "database database-primary (mysql 8.4, db.m7g.large; Multi-AZ, encrypted) in a, b: new",
    "replica database-replica-1 (db.m7g.large; encrypted) in b: new",
  ]);
  t.deepEqual(edgesIn(picture), [
    "app-group -> database-primary: 3306 tls new",
    "app-group -> database-replica-1: 3306 tls new",
    "database-primary -> database-replica-1: replication new",
    "dns-zone -> public-balancer: name new",
    "inner-balancer -> app-group: 8443 tls new",
    "internet -> public-balancer: 80 redirect new, 443 tls new",
    "public-balancer -> web-group: 443 tls new",
    "web-group -> inner-balancer: 443 tls new",
  ]);
  t.deepEqual(
    picture.places.map(({ title }) => title),
    [
      "Network network-vpc · 10.0.0.0/16",
      "Private subnets, out by 2 NAT gateways",
      "Public subnets",
      "Private subnets, no way out",
    ],
  );
  t.is(
    asideIn(picture).find((line) => line.startsWith("Alarms")),
    "Alarms and budgets: 36 metric alarms, 1 composite alarm, 1 dashboard, 1 topic, 1 topic policy, 1 topic subscription",
  );
});

test("what is known changes no picture", async (t) => {
  for (const architecture of architectures) {
    const [unknown, known] = [await planOf(architecture), await planOf(architecture, { known: true })].map(pictureOf);
    t.deepEqual(known, unknown, architecture);
  }
});

test("growing shows which ways close and which open, and who is replaced", async (t) => {
  const settings = { network: { zones: 3, nat: "per-zone" }, database: { replicas: 2 } };
  const plan = change(await planOf("distributed"), await planOf("secured", { settings }), { "app-group": "replace" });
  const picture = pictureOf(plan);
  t.deepEqual(nodesIn(picture), [
    "internet anybody: unchanged",
    "names example.com: unchanged",
    "public-balancer public-balancer (guarded by a web ACL; access logs) in a, b, c: changed",
    "fleet web-group (2 to 6 × m7g.medium) in a, b, c: changed",
    "inner-balancer inner-balancer (access logs) in a, b, c: changed",
    "fleet app-group (2 to 6 × m7g.large) in a, b, c: replaced",
    "database database-primary (mysql 8.4, db.m7g.large; Multi-AZ, encrypted): unchanged",
    "replica database-replica-1 (db.m7g.large; encrypted) in b: unchanged",
    "replica database-replica-2 (db.m7g.large; encrypted) in c: new",
  ]);
  t.deepEqual(edgesIn(picture), [
    "app-group -> database-primary: 3306 tls unchanged",
    "app-group -> database-replica-1: 3306 tls unchanged",
    "app-group -> database-replica-2: 3306 tls unchanged",
    "database-primary -> database-replica-1: replication unchanged",
    "database-primary -> database-replica-2: replication new",
    "dns-zone -> public-balancer: name unchanged",
    "inner-balancer -> app-group: 8080 plain removed, 8443 tls new",
    "internet -> public-balancer: 80 redirect unchanged, 443 tls new",
    "public-balancer -> web-group: 80 plain removed, 443 tls new",
    "web-group -> inner-balancer: 80 plain removed, 443 tls new",
  ]);
});

test("a stack that goes is drawn as long as it stands", async (t) => {
  const plan = await planOf("distributed");
  const gone = { ...plan, changes: change(plan, { ...plan, changes: [] }).changes };
  const picture = pictureOf(gone);
  t.deepEqual([...new Set(picture.nodes.map((node) => node.change))], ["removed"]);
  t.deepEqual([...new Set(picture.edges.map((edge) => edge.change))], ["removed"]);
});

for (const architecture of architectures) {
  test(`every resource of ${architecture} is in the picture, and once`, async (t) => {
    const plan = await planOf(architecture);
    const { nodes, aside } = pictureOf(plan);
    const shown = [
      ...nodes.flatMap(({ parts }) => parts),
      ...aside.flatMap(({ entries }) => entries.flatMap(({ resources }) => resources.map(({ urn }) => urn))),
    ].filter((urn) => plan.changes.some((each) => each.urn === urn && each.after?.custom));
    const all = plan.changes.filter(({ after }) => after?.custom).map(({ urn }) => urn);
    t.deepEqual(shown.toSorted(), all.toSorted());
  });

  test(`docs/images/${architecture}.svg is what the program says: make docs`, async (t) => {
    const file = `docs/images/${architecture}.svg`;
    t.true(existsSync(file), "there is none");
    t.is(readFileSync(file, "utf8"), await imageOf(architecture));
  });
}

test("what stands is unchanged", async (t) => {
  const { nodes, edges } = pictureOf(standing(await planOf("secured")));
  t.deepEqual([...new Set([...nodes, ...edges].map((each) => each.change))], ["unchanged"]);
});
