import test from "ava";
import copies from "../../bench/copies/index.ts";
import { record } from "../record.ts";

async function registered(count: number) {
  process.env.COUNT = String(count);
  return (await record(copies)).seen;
}

test("each copy is the whole secured stack, with a domain of its own, under a component of a type of its own", async (t) => {
  const one = await registered(1);
  t.true(one.length > 150);
  const two = await registered(2);
  t.is(two.length, 2 * one.length);
  t.deepEqual(
    two.filter(({ parent }) => parent === undefined).map(({ type, name }) => `${type} ${name}`),
    ["copies:copy-1:Copy copy-1", "copies:copy-2:Copy copy-2"],
  );
  const parts = (copy: string) =>
    two.filter(({ parent }) => parent === copy).map(({ type, name }) => `${type} ${name}`);
  t.deepEqual(parts("copy-2").sort(), parts("copy-1").sort());
  const zones = two.filter(({ name }) => name === "dns-zone").map(({ inputs }) => inputs.name);
  t.deepEqual(zones, ["copy-1.example.com", "copy-2.example.com"]);
});
