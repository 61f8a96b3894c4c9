import test from "ava";
import { NOTHING } from "../../cost/money.ts";
import type { Pitfall } from "../../review/document.ts";
import { pricedPitfalls } from "../../review/pitfalls.ts";

const pitfall = (name: string, present = false): Pitfall => ({
  name,
  severity: "high",
  present,
  waived: false,
  because: "",
  resources: [],
  removedBy: [],
});

const decision = (name: string, fixed: number, unknown = 0) => ({
  decision: name,
  urn: undefined,
  instead: "",
  saved: { ...NOTHING, fixed, unknown },
});

const monthly = (found: Pitfall, ...decisions: readonly ReturnType<typeof decision>[]) =>
  pricedPitfalls([found], decisions)[0]?.monthly;

test("what keeps a pitfall away costs what its decisions cost together", (t) => {
  t.is(
    monthly(
      pitfall("single-server"),
      decision("2 instances", 30),
      decision("3 instances", 12),
      decision("Multi-AZ", 5),
    ),
    42,
  );
  t.is(monthly(pitfall("single-writer"), decision("Multi-AZ", 5), decision("read replica", 7)), 12);
  t.is(monthly(pitfall("single-nat"), decision("NAT per zone", 38)), 38);
  t.is(monthly(pitfall("no-firewall"), decision("web application firewall", 10)), 10);
});

test("there is no amount for a pitfall that is there, for one that no decision is about, or without a price", (t) => {
  t.is(monthly(pitfall("single-nat", true), decision("NAT per zone", 38)), undefined);
  t.is(monthly(pitfall("no-backups"), decision("NAT per zone", 38)), undefined);
  t.is(monthly(pitfall("single-database"), decision("Multi-AZ", -2.74)), undefined);
  t.is(monthly(pitfall("single-database"), decision("Multi-AZ", 3, 1)), undefined);
});
