import test from "ava";
import { changesOf } from "../../review/changes.ts";
import { preview, read, step, UNKNOWN_TEXT, urn } from "../plan/documents.ts";

const tiers = (...steps: readonly object[]) => changesOf(read(preview(steps)).changes);

/** The properties of the one resource that changes. */
function told(before: object, after: object, diffReasons: readonly string[], replaceReasons: readonly string[] = []) {
  const thing = { type: "aws:rds/instance:Instance", name: "db" };
  const op = replaceReasons.length > 0 ? "replace" : "update";
  const sides = { before: { ...thing, inputs: before }, after: { ...thing, inputs: after } };
  const [tier] = tiers(step(op, { ...sides, diffReasons, replaceReasons }));
  return (tier?.changes[0]?.properties ?? []).map(
    (one) => `${one.path}: ${one.before} -> ${one.after}${one.replaces ? " !" : ""}`,
  );
}

test("of a group only what differs is told, and what forces the replacement is marked", (t) => {
  t.deepEqual(
    told(
      { engine: "mysql", tags: { a: "1", b: "2" } },
      { engine: "mariadb", tags: { a: "1", b: "3", c: "4" } },
      ["tags", "engine"],
      ["engine"],
    ),
    ["engine: mysql -> mariadb !", "tags.b: 2 -> 3", "tags.c: (none) -> 4"],
  );
});

test("secrets are masked also where nothing marks them, and unknowns are told", (t) => {
  t.deepEqual(
    told(
      { password: "hunter2", user: "[secret]", settings: { apiKey: "k", list: [{ password: "p" }] }, name: "x" },
      {
        password: "hunter3",
        user: "[secret]",
        settings: { apiKey: "l", list: [{ password: "q" }] },
        name: UNKNOWN_TEXT,
      },
      ["password", "user", "settings", "name"],
    ),
    [
      "name: x -> (not known yet)",
      "password: (secret) -> (secret)",
      "settings.apiKey: (secret) -> (secret)",
      'settings.list: [{"password":"(secret)"}] -> [{"password":"(secret)"}]',
      "user: (secret) -> (secret)",
    ],
  );
});

test("a long text is told by its length and digest", (t) => {
  t.deepEqual(told({ userData: "a".repeat(121) }, { userData: "" }, ["userData"]), [
    "userData: (121 characters, SHA-256 e9615320) -> (empty)",
  ]);
});

test("tiers come as a request meets them, and what cannot have tags goes with its component", (t) => {
  const made = (name: string, tier?: string, parent?: string) =>
    step("create", {
      after: {
        type: "aws:ec2/eip:Eip",
        name,
        inputs: tier === undefined ? {} : { tags: { tier } },
        ...(parent && { parent: urn("a:b:Component", parent) }),
      },
    });
  t.deepEqual(
    tiers(
      made("a", "data", "db"),
      made("b", undefined, "db"),
      made("c", "web", "mixed"),
      made("d", "zoo", "mixed"),
      made("e", undefined, "mixed"),
      made("f", "dns"),
    ).map(({ tier, changes }) => `${tier}: ${changes.map(({ name }) => name)}`),
    ["dns: f", "web: c", "data: a,b", "zoo: d", "undefined: e"],
  );
});
