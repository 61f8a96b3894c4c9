import { readFileSync } from "node:fs";
import test from "ava";
import { ARCHITECTURE_NAMES, architectures } from "../../../stacks/settings/architectures.ts";
import { configurationReference } from "../../../stacks/settings/reference.ts";
import { leavesAt } from "../../../stacks/settings/shape.ts";

test("docs/configuration.md is what the schema says: make docs", (t) => {
  t.is(readFileSync("docs/configuration.md", "utf8"), configurationReference());
});

test("every setting has a line with what it is for, what it must be and what it is by default", (t) => {
  const lines = configurationReference().split("\n");
  const settings = new Set(
    ARCHITECTURE_NAMES.flatMap((name) => leavesAt(architectures[name]).map((path) => path.join("."))),
  );
  t.true(settings.size > 70);
  for (const setting of settings) {
    const [line = ""] = lines.filter((other) => other.startsWith(`| \`${setting}\` |`));
    const cells = line.replace(/^\| | \|$/g, "").split(" | ");
    t.is(cells.length, 5, setting);
    for (const cell of cells) t.not(cell, "", `${setting}: ${line}`);
  }
});

test("defaults that differ are told for each architecture", (t) => {
  const reference = configurationReference();
  t.true(reference.includes("| `network.nat` | distributed, secured | distributed: `single`, secured: `per-zone` |"));
  t.true(reference.includes("| `dns.dnssec` | secured | `false` | true or false |"));
  t.true(reference.includes("| `server.volumeGiB` | simple | `10` | a whole number from 8 to 16384 |"));
});
