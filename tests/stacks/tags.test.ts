import test from "ava";
import { assert, constantFrom, dictionary, property, string } from "fast-check";
import { tagger } from "../../stacks/tags.ts";

const SOURCE = { project: "webstack", environment: "dev", architecture: "simple", tags: { team: "web", app: "shop" } };

test("a resource carries ours, the user's own and a name", (t) => {
  t.deepEqual(tagger(SOURCE, "network").named("network-public-1"), {
    app: "shop",
    team: "web",
    project: "webstack",
    environment: "dev",
    architecture: "simple",
    tier: "network",
    Name: "webstack-dev-network-public-1",
  });
});

test("an S3 object carries ours and as many of the user's own as fit into ten, by key, and no name", (t) => {
  const tags = Object.fromEntries(["h", "b", "g", "a", "f", "c", "e", "d"].map((key) => [key, key.toUpperCase()]));
  t.deepEqual(tagger({ ...SOURCE, tags }, "release").forObject(), {
    a: "A",
    b: "B",
    c: "C",
    d: "D",
    e: "E",
    f: "F",
    project: "webstack",
    environment: "dev",
    architecture: "simple",
    tier: "release",
  });
});

const own = dictionary(constantFrom("team", "project", "tier", "Name", "environment", "x"), string());

test("no tag of the user's takes the place of ours", (t) => {
  assert(
    property(own, (tags) => {
      const { project, environment, architecture, tier, Name } = tagger({ ...SOURCE, tags }, "data").named("volume");
      t.deepEqual(
        { project, environment, architecture, tier, Name },
        {
          project: "webstack",
          environment: "dev",
          architecture: "simple",
          tier: "data",
          Name: "webstack-dev-volume",
        },
      );
      t.like(tagger({ ...SOURCE, tags }, "data").forObject(), { project: "webstack", tier: "data" });
    }),
  );
});

test("the user's tags are not changed", (t) => {
  const tags = Object.freeze({ team: "web" });
  tagger({ ...SOURCE, tags }, "dns").named("zone");
  t.deepEqual(tags, { team: "web" });
});
