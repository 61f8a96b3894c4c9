import test from "ava";
import { checkConfiguration } from "../../../../local/provider/core/configuration.ts";
import type { Property } from "../../../../local/provider/core/schema.ts";

const PROPERTIES: Record<string, Property> = {
  region: { type: "string" },
  maxRetries: { type: "integer", range: [0, null] },
  pathStyle: { type: "boolean" },
  endpoints: { type: "list<object>" },
  defaultTags: { type: "object", properties: { tags: { type: "map<string>" } } },
};

test("values that are not text arrive as JSON text", (t) => {
  const given = {
    region: "eu-west-1",
    maxRetries: "3",
    pathStyle: "true",
    endpoints: '[{"s3":"http://127.0.0.1:1"}]',
    defaultTags: '{"tags":{"a":"b"}}',
  };
  t.deepEqual(checkConfiguration(PROPERTIES, given), {
    config: {
      region: "eu-west-1",
      maxRetries: 3,
      pathStyle: true,
      endpoints: [{ s3: "http://127.0.0.1:1" }],
      defaultTags: { tags: { a: "b" } },
    },
    problems: [],
  });
});

test("text that looks like JSON stays text where text is asked for", (t) => {
  t.deepEqual(checkConfiguration(PROPERTIES, { region: "123" }).config, { region: "123" });
});

test("what the engine adds for itself is left out", (t) => {
  const given = { version: "7.48.0", pluginDownloadURL: "x", __internal: "{}", region: "eu-west-1" };
  t.deepEqual(checkConfiguration(PROPERTIES, given), { config: { region: "eu-west-1" }, problems: [] });
});

test("every wrong value is reported", (t) => {
  const given = { maxRetries: "-1", pathStyle: "maybe", endpoints: "[", assumeRole: "{}" };
  t.deepEqual(
    checkConfiguration(PROPERTIES, given).problems.map(({ reason }) => reason),
    [
      "maxRetries must be at least 0, got -1",
      'pathStyle must be true or false, got "maybe"',
      'endpoints must be a list, got "["',
      "assumeRole is not a property of this type; it has region, maxRetries, pathStyle, endpoints, defaultTags",
    ],
  );
});
