/** The tables name types and properties of AWS's provider: a name that it does not have would never be found in a plan. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import test from "ava";
import { isHarmless } from "../../../review/risks/harmless.ts";
import { INTERRUPTIONS } from "../../../review/risks/interruptions.ts";
import { LOSSES } from "../../../review/risks/losses.ts";
import { UPDATES } from "../../../review/risks/updates.ts";
import { BARE } from "./support.ts";

const AWS = path.dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));

/** The module of the type; an index has one beside that of its module. */
const fileOf = (type: string, ending: string): string =>
  path.join(AWS, `${type.split(":")[1]?.replace(/\/index$/, "/index_")}${ending}`);

const isOfProvider = (type: string): boolean =>
  existsSync(fileOf(type, ".js")) && readFileSync(fileOf(type, ".js"), "utf8").includes(`__pulumiType = '${type}'`);

test("each type of AWS in the tables is one of its provider", (t) => {
  const types = [LOSSES, INTERRUPTIONS, UPDATES].flatMap((table) => Object.keys(table));
  t.deepEqual(
    types.filter((type) => type.startsWith("aws:") && !isOfProvider(type)),
    [],
  );
});

test("each property of an update is one of its type", (t) => {
  const missing = Object.entries(UPDATES).flatMap(([type, disturbances]) => {
    const declared = readFileSync(fileOf(type, ".d.ts"), "utf8");
    const names = disturbances.flatMap(({ properties }) => properties);
    return names
      .filter((name) => !new RegExp(`^ {4}${name}\\??:`, "m").test(declared))
      .map((name) => `${type} ${name}`);
  });
  t.deepEqual(missing, []);
});

test("each property that a safeguard speaks of is one of its type", (t) => {
  const sources = [LOSSES, INTERRUPTIONS].flatMap((table) =>
    Object.entries(table).flatMap(([type, { safeguards = [] }]) => {
      const read = new Set<string>();
      const spy = new Proxy({}, { get: (_, name) => void read.add(String(name)) });
      const resource = { ...BARE, inputs: spy, outputs: {} };
      for (const safeguard of safeguards) safeguard(resource);
      return [...read].map((name) => [type, name] as const);
    }),
  );
  t.true(sources.length > 40, String(sources.length));
  t.deepEqual(
    sources.filter(
      ([type, name]) => !new RegExp(`^ {4}${name}\\??:`, "m").test(readFileSync(fileOf(type, ".d.ts"), "utf8")),
    ),
    [],
  );
});

test("no type is said to hold or interrupt something and to be harmless", (t) => {
  // Modules and endings are rough, so the tables come first; but whole names must not stand in both.
  const both = Object.keys({ ...LOSSES, ...INTERRUPTIONS }).filter(isHarmless);
  t.deepEqual(
    both.filter((type) => !/^aws:iam\/|Attachment$|Association$|^(tls|random):/.test(type)),
    [],
  );
});
