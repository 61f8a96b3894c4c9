import test from "ava";
import { Steady } from "../../../local/live/steady.ts";

test("what says the same is the same object, however often it is made anew", (t) => {
  const steady = new Steady<{ ports: number[] }>();
  const first = steady.next([["a", { ports: [80] }]]);
  const second = steady.next([["a", { ports: [80] }]]);
  t.is(second.get("a"), first.get("a"));
  t.is(steady.next([["a", { ports: [80] }]]).get("a"), first.get("a"));
});

test("what says something else is another object", (t) => {
  const steady = new Steady<{ ports: number[] }>();
  const first = steady.next([["a", { ports: [80] }]]);
  const changed = { ports: [80, 443] };
  t.is(steady.next([["a", changed]]).get("a"), changed);
  t.deepEqual(first.get("a"), { ports: [80] });
});

test("what was not there the time before is not remembered", (t) => {
  const steady = new Steady<{ ports: number[] }>();
  steady.next([["a", { ports: [80] }]]);
  t.deepEqual([...steady.next([["b", { ports: [80] }]]).keys()], ["b"]);
  const again = { ports: [80] };
  t.is(steady.next([["a", again]]).get("a"), again);
});
