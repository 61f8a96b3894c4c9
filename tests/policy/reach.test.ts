import test from "ava";
import fc from "fast-check";
import { isWholeRange } from "../../policy/aws/addresses.ts";
import { contains } from "../../policy/graph/cidr.ts";
import { WORLD, waysFromWorld } from "../../policy/graph/reach.ts";
import { TYPES } from "../../policy/model/types.ts";
import { databaseOutOfReach } from "../../policy/rules/topology/database-out-of-reach.ts";
import { type Part, said } from "./stack.ts";

type Node = string | typeof WORLD;
type Edge = readonly [from: Node, to: Node];

/** Fewest steps from one node to each other, by trying every edge until nothing gets shorter. */
function naiveSteps(edges: readonly Edge[], from: Node): ReadonlyMap<Node, number> {
  const steps = new Map<Node, number>([[from, 0]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [source, target] of edges) {
      const through = (steps.get(source) ?? Number.POSITIVE_INFINITY) + 1;
      if (through < (steps.get(target) ?? Number.POSITIVE_INFINITY)) {
        steps.set(target, through);
        changed = true;
      }
    }
  }
  return steps;
}

const GROUPS = ["a", "b", "c", "d", "e", "f"];
const graph = fc.array(fc.tuple(fc.constantFrom<Node>(WORLD, ...GROUPS), fc.constantFrom(...GROUPS)), {
  maxLength: 20,
});

test("there is a way from each node that the Internet comes to, as short as trying everything finds, the shortest first", (t) => {
  fc.assert(
    fc.property(graph, fc.constantFrom(...GROUPS), (edges, to) => {
      const sourcesOf = (node: string) => edges.filter(([, target]) => target === node).map(([source]) => source);
      const ways = waysFromWorld(sourcesOf, to);
      const within = edges.filter(([source]) => source !== WORLD);
      const entries = new Set(edges.filter(([source]) => source === WORLD).map(([, target]) => target));
      const steps = [...entries].flatMap((entry) => naiveSteps(within, entry).get(to) ?? []);
      t.deepEqual(
        ways.map((way) => way.length - 1),
        steps.sort((one, other) => one - other),
      );
      for (const way of ways) {
        t.true(entries.has(way[0] ?? "") && way.at(-1) === to);
        t.true(way.slice(1).every((each, index) => edges.some(([a, b]) => a === way[index] && b === each)));
      }
    }),
  );
});

/** Security groups with these ways in between, a public load balancer behind some, and a database behind the last. */
function stackOf(edges: readonly (readonly [Node, string])[], balanced: readonly string[]): Part[] {
  const rules = edges
    .filter(([from, to]) => from !== to)
    .map(([from, to], index): Part => {
      const name = `rule-${index}`;
      if (from === WORLD) {
        return { type: TYPES.ingressRule, name, inputs: { cidrIpv6: "::/0" }, from: { securityGroupId: [to] } };
      }
      return { type: TYPES.ingressRule, name, from: { securityGroupId: [to], referencedSecurityGroupId: [from] } };
    });
  return [
    ...GROUPS.map((name) => ({ type: TYPES.securityGroup, name })),
    ...balanced.map((name) => ({
      type: TYPES.loadBalancer,
      name: `balancer-${name}`,
      from: { securityGroups: [name] },
    })),
    { type: TYPES.database, name: "db", from: { vpcSecurityGroupIds: ["f"] } },
    ...rules,
  ];
}

test("a database is found within reach exactly where the Internet comes to it in fewer than three steps, in whatever graph", (t) => {
  fc.assert(
    fc.property(graph, (edges) => {
      const steps = naiveSteps(edges, WORLD).get("f");
      const [outcome = ""] = said(databaseOutOfReach, stackOf(edges, ["a", "b", "c", "d", "e"]));
      return outcome.startsWith("db: the way to it is") === (steps !== undefined && steps < 3);
    }),
  );
  t.pass();
});

test("a block of addresses contains what it begins with", (t) => {
  t.true(contains("10.0.0.0/8", "10.1.0.0/16"));
  t.false(contains("10.1.0.0/16", "10.0.0.0/8"));
  t.false(contains("10.2.0.0/16", "10.1.0.0/24"));
  t.true(contains("2001:db8::/32", "2001:db8:1::/56"));
  t.false(contains("2001:db8::/32", "2001:db9::/56"));
  t.false(contains("0.0.0.0/0", "::/0"));
  t.deepEqual(["0.0.0.0/0", "::/0", "0::0/0", "10.0.0.0/8", undefined].map(isWholeRange), [
    true,
    true,
    true,
    false,
    false,
  ]);
});
