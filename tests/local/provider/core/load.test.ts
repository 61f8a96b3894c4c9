import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "ava";
import { aws } from "../../../../local/provider/aws/provider.ts";
import { checkInputs } from "../../../../local/provider/core/check.ts";
import { load } from "../../../../local/provider/core/load.ts";
import type { Property } from "../../../../local/provider/core/schema.ts";

test("a shape stands wherever it is named, inside itself as well", (t) => {
  const directory = mkdtempSync(path.join(tmpdir(), "webstack-schema-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  mkdirSync(path.join(directory, "schema"));
  const data = {
    shapes: {
      condition: { not: { type: "object", shape: "condition" }, size: { type: "object", shape: "size" } },
      size: { bytes: { type: "integer", range: [0, 10] } },
    },
    types: {
      "aws:a/b:B": {
        properties: { rules: { type: "list<object>", properties: { when: { type: "object", shape: "condition" } } } },
        outputs: {},
      },
    },
  };
  writeFileSync(path.join(directory, "schema", "a.json"), JSON.stringify(data));
  const { properties = {} } = load(directory, {}).schema.types["aws:a/b:B"] ?? {};
  const rules = (bytes: number) => [{ when: { not: { not: { size: { bytes } } } } }];
  t.deepEqual(checkInputs(properties, { rules: rules(5) }), []);
  t.deepEqual(
    checkInputs(properties, { rules: rules(11) }).map(({ reason }) => reason),
    ["rules[0].when.not.not.size.bytes must be from 0 to 10, got 11"],
  );
});

test("every shape that a schema names is there", (t) => {
  const seen = new Set<Property>();
  const visit = (properties: Readonly<Record<string, Property>>, at: string): void => {
    for (const [name, property] of Object.entries(properties)) {
      if (seen.has(property)) continue;
      seen.add(property);
      if (property.shape) t.truthy(property.properties, `${at}.${name}`);
      visit(property.properties ?? {}, `${at}.${name}`);
    }
  };
  for (const [token, { properties }] of Object.entries(aws.schema.types)) visit(properties, token);
  t.true([...seen].some(({ shape }) => shape !== undefined));
});
