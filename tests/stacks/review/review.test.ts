import test from "ava";
import fc from "fast-check";
import { PITFALL_NAMES } from "../../../stacks/review/pitfalls.ts";
import { type Review, reviewOf } from "../../../stacks/review/review.ts";
import { architectures } from "../../../stacks/settings/architectures.ts";
import { factsAt } from "../../../stacks/settings/shape.ts";
import { parseSettings } from "../../../stacks/settings.ts";
import { PLACE } from "../../record.ts";
import { put, type Raw } from "../settings/problems.ts";
import { type Changes, pitfall, presentIn, rawOf, review, settingsOf } from "./support.ts";

test("each review says of every pitfall whether it is there, once and in the same order", (t) => {
  t.is(new Set(PITFALL_NAMES).size, PITFALL_NAMES.length);
  for (const architecture of ["simple", "distributed", "secured"] as const) {
    t.deepEqual(
      review(architecture).pitfalls.map(({ name }) => name),
      PITFALL_NAMES,
    );
  }
});

test("a simple stack has all pitfalls but those of what it does not have", (t) => {
  const { pitfalls } = review("simple");
  t.deepEqual(
    pitfalls.filter(({ present }) => !present).map(({ name, removedBy }) => [name, removedBy]),
    [
      ["single-nat", []],
      ["single-load-balancer", []],
      ["tls-ends-at-load-balancer", []],
    ],
  );
});

test("a distributed stack has removed what comes of one server, and not what it saves", (t) => {
  t.deepEqual(presentIn(review("distributed")), [
    "single-nat",
    "single-database",
    "single-writer",
    "deletable-data",
    "plain-http",
    "tls-ends-at-load-balancer",
    "no-firewall",
    "no-monitoring",
    "no-traffic-logs",
  ]);
});

test("a secured stack lacks nothing but somebody to tell, and that is for the user to say", (t) => {
  t.deepEqual(presentIn(review("secured")), ["no-monitoring"]);
  t.deepEqual(presentIn(review("secured", { "monitoring.emails": ["operations@example.org"] })), []);
});

const EMAILS = { "monitoring.emails": ["operations@example.org"] };

/** Changes of a sound secured stack, and what each makes of the one pitfall that it brings back. */
const BROUGHT_BACK: readonly (readonly [name: string, changes: Changes, expected: object])[] = [
  [
    "single-server",
    { "app.minimum": 1 },
    {
      severity: "high",
      because: "web.minimum is 2 and app.minimum is 1. While the only server of a tier is replaced the site is down.",
      resources: ["aws:autoscaling/group:Group app-group"],
      removedBy: [{ setting: "app.minimum", rule: "2 or more", to: "2" }],
    },
  ],
  [
    "no-scaling",
    { "web.minimum": 3, "web.maximum": 3 },
    {
      severity: "medium",
      because: "There are 3 to 3 web servers and 2 to 6 app servers, so a fleet cannot grow with its load.",
      resources: ["aws:autoscaling/group:Group web-group"],
      removedBy: [{ setting: "web.maximum", rule: "more than web.minimum, which is 3", to: "6" }],
    },
  ],
  [
    "no-scaling",
    { "web.minimum": 100, "web.maximum": 100 },
    {
      severity: "medium",
      because: "There are 100 to 100 web servers and 2 to 6 app servers, so a fleet cannot grow with its load.",
      resources: ["aws:autoscaling/group:Group web-group"],
      removedBy: [{ setting: "web.minimum", rule: "less than web.maximum, which is 100", to: "50" }],
    },
  ],
  [
    "single-nat",
    { "network.nat": "single", "network.zones": 3 },
    {
      severity: "medium",
      because:
        "Servers in 3 zones reach AWS and their packages through one NAT gateway. When its zone fails, new servers cannot start in the others either.",
      resources: ["aws:ec2/natGateway:NatGateway network-nat-1"],
      removedBy: [{ setting: "network.nat", rule: "per-zone, regional or none", to: "per-zone" }],
    },
  ],
  [
    "single-database",
    { "database.multiAz": false, "protection.waivers": ["single-writer"] },
    {
      severity: "high",
      because:
        "Nothing takes over by itself when the instance that takes the writes fails: until a replica is promoted nobody can write.",
      resources: ["aws:rds/instance:Instance database-primary"],
      removedBy: [{ setting: "database.multiAz", rule: "true", to: "true" }],
    },
  ],
  [
    "single-writer",
    { "database.replicas": 0 },
    {
      severity: "medium",
      because: "One instance takes the writes. When it is lost, no replica can be promoted.",
      resources: ["aws:rds/instance:Instance database-primary"],
      removedBy: [{ setting: "database.replicas", rule: "1 or more", to: "1" }],
    },
  ],
  [
    "deletable-data",
    { "protection.deletion": false },
    {
      severity: "low",
      because: "One `pulumi destroy`, or a change that replaces, deletes what holds data or names.",
      resources: [
        "aws:route53/zone:Zone dns-zone",
        "aws:s3/bucket:Bucket release-bucket",
        "aws:rds/instance:Instance database-primary",
        "aws:lb/loadBalancer:LoadBalancer public-balancer",
        "aws:lb/loadBalancer:LoadBalancer inner-balancer",
      ],
      removedBy: [{ setting: "protection.deletion", rule: "true", to: "true" }],
    },
  ],
  [
    "tls-ends-at-load-balancer",
    { "tls.encryption": "edge" },
    {
      severity: "high",
      because:
        "TLS ends at the public load balancer. Web servers, the inner load balancer and the application are reached by plain HTTP.",
      resources: ["aws:lb/targetGroup:TargetGroup public-targets", "aws:lb/targetGroup:TargetGroup inner-targets"],
      removedBy: [{ setting: "tls.encryption", rule: "end-to-end", to: "end-to-end" }],
    },
  ],
  [
    "no-firewall",
    { "protection.waf": false },
    {
      severity: "medium",
      because: "Security groups close every way that a request does not take, but nothing looks into the requests.",
      resources: ["aws:lb/loadBalancer:LoadBalancer public-balancer"],
      removedBy: [{ setting: "protection.waf", rule: "true", to: "true" }],
    },
  ],
  [
    "no-monitoring",
    { "monitoring.emails": [] },
    {
      severity: "medium",
      because: "Every tier has alarms, but nobody is told.",
      resources: [
        "aws:lb/loadBalancer:LoadBalancer public-balancer",
        "aws:lb/loadBalancer:LoadBalancer inner-balancer",
        "aws:autoscaling/group:Group web-group",
        "aws:autoscaling/group:Group app-group",
        "aws:rds/instance:Instance database-primary",
        "aws:rds/instance:Instance database-replica-1",
      ],
      removedBy: [
        { setting: "monitoring.emails", rule: "a list of one address or more", to: "operations@example.com" },
      ],
    },
  ],
  [
    "no-traffic-logs",
    { "network.flowLogs": false },
    {
      severity: "low",
      because: "Requests at the load balancers are logged, connections in the network are not logged.",
      resources: [
        "aws:lb/loadBalancer:LoadBalancer public-balancer",
        "aws:lb/loadBalancer:LoadBalancer inner-balancer",
        "aws:ec2/vpc:Vpc network-vpc",
      ],
      removedBy: [{ setting: "network.flowLogs", rule: "true", to: "true" }],
    },
  ],
];

for (const [name, changes, expected] of BROUGHT_BACK) {
  test(`${JSON.stringify(changes)} brings back ${name} and nothing else`, (t) => {
    const changed = review("secured", { ...EMAILS, ...changes });
    t.deepEqual(pitfall(changed, name), { name, present: true, waived: false, ...expected });
    t.deepEqual(
      changed.pitfalls.filter(({ present, waived }) => present && !waived).map((other) => other.name),
      [name],
    );
  });
}

/** What is said of a pitfall that is gone, and what has removed it. */
const REMOVED: readonly (readonly [name: string, changes: Changes, because: string, removedBy: readonly string[]])[] = [
  [
    "single-server",
    { "web.minimum": 1, "loadBalancing.mode": "active-passive" },
    "web.minimum is 1 and app.minimum is 2, but a standby of the same size takes over while a server is replaced.",
    ["loadBalancing.mode active-passive"],
  ],
  [
    "single-server",
    { "loadBalancing.mode": "active-passive" },
    "web.minimum is 2 and app.minimum is 2. Servers that become unhealthy are replaced while others serve.",
    ["web.minimum 2", "app.minimum 2"],
  ],
  [
    "single-zone",
    { "network.zones": 3 },
    "Load balancers, servers and database instances are spread over 3 availability zones.",
    ["network.zones 3"],
  ],
  ["single-nat", {}, "Each of the 2 zones has a NAT gateway of its own.", ["network.nat per-zone"]],
  [
    "single-nat",
    { "network.nat": "regional" },
    "There is one NAT gateway, which AWS spreads over the 2 zones by itself.",
    ["network.nat regional"],
  ],
  [
    "single-nat",
    { "network.nat": "none" },
    "There is no NAT gateway: servers have addresses of their own, which the firewall lets nobody reach.",
    ["network.nat none"],
  ],
  [
    "single-load-balancer",
    { "loadBalancing.mode": "active-passive" },
    "AWS runs each load balancer in 2 zones and replaces what fails of it, and a second set stands by.",
    ["network.zones 2"],
  ],
  [
    "single-writer",
    { "database.replicas": 2 },
    "One instance takes the writes, as replication of MySQL and MariaDB has it. A standby takes over by itself, and one of 2 replicas can be promoted. " +
      "What stays is that writes do not scale beyond one instance.",
    ["database.multiAz true", "database.replicas 2"],
  ],
  [
    "no-backups",
    { "database.backupRetentionDays": 1 },
    "Each moment of the last day can be restored.",
    ["database.backupRetentionDays 1"],
  ],
  [
    "plain-http",
    {},
    "HTTP is answered with a redirect to HTTPS, and browsers insist on that for 31536000 seconds.",
    ["architecture secured"],
  ],
  ["plain-http", { "tls.hstsSeconds": 0 }, "HTTP is answered with a redirect to HTTPS.", ["architecture secured"]],
  [
    "no-firewall",
    { "protection.requestsPerFiveMinutes": 500 },
    "A web application firewall looks into each request, and stops addresses with more than 500 in five minutes.",
    ["protection.waf true"],
  ],
  [
    "no-monitoring",
    { "monitoring.emails": ["a@example.org", "b@example.org"] },
    "Every tier has alarms, and 2 addresses are told.",
    ['monitoring.emails ["a@example.org","b@example.org"]'],
  ],
];

for (const [name, changes, because, removedBy] of REMOVED) {
  test(`${name} is gone with ${JSON.stringify(changes)}`, (t) => {
    const found = pitfall(review("secured", { ...EMAILS, ...changes }), name);
    t.false(found.present);
    t.is(found.because, because);
    t.deepEqual(
      found.removedBy.map(({ setting, to }) => `${setting} ${to}`),
      removedBy,
    );
  });
}

test("a promoted replica is the one that the database stands or falls with", (t) => {
  const promoted = review("secured", { ...EMAILS, "database.promote": "replica-1", "database.multiAz": false });
  t.deepEqual(pitfall(promoted, "single-database").resources, ["aws:rds/instance:Instance database-replica-1"]);
  // A promotion is done in an emergency, and must not be refused for the replica that it uses up.
  t.false(pitfall(review("secured", { ...EMAILS, "database.promote": "replica-1" }), "single-writer").present);
});

test("a zone that was there before is not the stack's to delete", (t) => {
  const { resources } = pitfall(review("simple", { "dns.zone": "existing" }), "deletable-data");
  t.deepEqual(resources, ["aws:s3/bucket:Bucket release-bucket", "aws:ebs/volume:Volume server-data"]);
});

test("a waiver is of what is present; one of anything else is told as needless", (t) => {
  const waived = review("secured", { "protection.waivers": ["no-monitoring", "single-zone"] });
  t.true(pitfall(waived, "no-monitoring").present);
  t.true(pitfall(waived, "no-monitoring").waived);
  t.false(pitfall(waived, "single-zone").waived);
  t.deepEqual(waived.needlessWaivers, ["single-zone"]);
});

/** Does what the review says. */
function follow(raw: Raw, { pitfalls }: Review): Raw {
  const removals = pitfalls.filter(({ present }) => present).flatMap(({ removedBy }) => removedBy);
  // The architecture that is furthest has all that the others have.
  const ordered = removals.toSorted((a, b) => Number(a.to === "secured") - Number(b.to === "secured"));
  return ordered.reduce((changed, { setting, to }) => {
    const isList = /list/.test(factsAt(architectures.secured, setting.split(".")).rule ?? "");
    return put(changed, setting, isList ? [to] : to);
  }, raw);
}

const changes = fc.record(
  {
    "network.zones": fc.constantFrom(2, 3),
    "network.nat": fc.constantFrom("none", "single", "per-zone", "regional"),
    "loadBalancing.mode": fc.constantFrom("active-active", "active-passive"),
    "web.minimum": fc.constantFrom(1, 2, 4, 100),
    "web.maximum": fc.constantFrom(1, 2, 4, 100),
    "app.minimum": fc.constantFrom(1, 2, 4),
    "app.maximum": fc.constantFrom(4, 6, 100),
    "database.multiAz": fc.boolean(),
    "database.replicas": fc.constantFrom(0, 1, 2),
    "protection.deletion": fc.boolean(),
  },
  { requiredKeys: [] },
);
const securedChanges = fc.record(
  {
    "tls.encryption": fc.constantFrom("edge", "end-to-end"),
    "network.flowLogs": fc.boolean(),
    "loadBalancing.accessLogs": fc.boolean(),
    "protection.waf": fc.boolean(),
    "monitoring.emails": fc.constantFrom([], ["a@example.org"]),
  },
  { requiredKeys: [] },
);
const grows = (group: "web" | "app", { [`${group}.minimum`]: least = 2, [`${group}.maximum`]: most = 4 }: Changes) =>
  Number(least) <= Number(most);

test("whoever does what reviews say has no pitfall left after two of them", (t) => {
  const followed = (raw: Raw) => follow(raw, reviewOf(parseSettings(raw, PLACE)));
  // A fleet of one to two servers that gets its second one can no longer grow, which the first review cannot say yet.
  const sound = (raw: Raw) => presentIn(reviewOf(parseSettings(followed(followed(raw)), PLACE)));
  t.deepEqual(presentIn(reviewOf(parseSettings(followed(rawOf("simple")), PLACE))), []);
  fc.assert(
    fc.property(changes, securedChanges, fc.boolean(), (balanced, more, secured) => {
      fc.pre(grows("web", balanced) && grows("app", balanced));
      t.deepEqual(sound(secured ? rawOf("secured", { ...balanced, ...more }) : rawOf("distributed", balanced)), []);
    }),
  );
});

test("a review is plain data that can be an output", (t) => {
  const plain = review("secured");
  t.deepEqual(JSON.parse(JSON.stringify(plain)), plain);
  t.is(JSON.stringify(reviewOf(settingsOf("secured"))), JSON.stringify(plain));
});
