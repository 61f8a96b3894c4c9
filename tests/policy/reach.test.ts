import test from "ava";
import fc from "fast-check";
import { contains, isWorld } from "../../policy/graph/cidr.ts";
import { type Edge, shortestPath, WORLD } from "../../policy/graph/reach.ts";
import { TYPES } from "../../policy/model/types.ts";
import { databaseOutOfReach } from "../../policy/rules/topology/database-out-of-reach.ts";
import { type Part, said } from "./stack.ts";

/** Fewest steps from one node to each other, by trying every edge until nothing gets shorter. */
function naiveSteps(edges: readonly Edge[], from: string): ReadonlyMap<string, number> {
  const steps = new Map([[from, 0]]);
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

const node = fc.constantFrom(WORLD, "a", "b", "c", "d", "e", "f");
const graph = fc.array(fc.tuple(node, node), { maxLength: 20 });

test("the shortest path is as short as trying everything finds, and is a path", (t) => {
  fc.assert(
    fc.property(graph, node, node, (edges, from, to) => {
      const path = shortestPath(edges, from, to);
      const steps = naiveSteps(edges, from).get(to);
      if (path === undefined) return steps === undefined;
      const walked = path.slice(1).every((each, index) => edges.some(([a, b]) => a === path[index] && b === each));
      return path.length - 1 === steps && path[0] === from && path.at(-1) === to && walked;
    }),
  );
  t.pass();
});

/** Security groups with these ways in between, a public load balancer behind some, and a database behind the last. */
function stackOf(edges: readonly Edge[], balanced: readonly string[]): Part[] {
  const groups = ["a", "b", "c", "d", "e", "f"];
  const rules = edges
    .filter(([from, to]) => to !== WORLD && from !== to)
    .map(([from, to], index): Part => {
      const name = `rule-${index}`;
      if (from === WORLD) {
        return { type: TYPES.ingressRule, name, inputs: { cidrIpv6: "::/0" }, from: { securityGroupId: [to] } };
      }
      return { type: TYPES.ingressRule, name, from: { securityGroupId: [to], referencedSecurityGroupId: [from] } };
    });
  return [
    ...groups.map((name) => ({ type: TYPES.securityGroup, name })),
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
      const steps = naiveSteps(
        edges.filter(([, to]) => to !== WORLD),
        WORLD,
      ).get("f");
      const [outcome = ""] = said(databaseOutOfReach, stackOf(edges, ["a", "b", "c", "d", "e"]));
      return outcome.startsWith("db: the way to it has") === (steps !== undefined && steps < 3);
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
  t.deepEqual(["0.0.0.0/0", "::/0", "0::0/0", "10.0.0.0/8", undefined].map(isWorld), [true, true, true, false, false]);
});
