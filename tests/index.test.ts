import test from "ava";
import webstack from "../index.ts";
import { unwrap } from "./components/support.ts";
import { record } from "./record.ts";

test("the program builds the architecture of the configuration and gives its outputs", async (t) => {
  const { built, one } = await record(webstack, { config: { "webstack:domain": "example.com" } });
  const { architecture, url, release } = await unwrap(built);
  t.is(architecture, "simple");
  t.is(url, "http://example.com");
  t.is(one("aws:s3/bucketObjectv2:BucketObjectv2").inputs.key, `releases/${release.name}.tar.gz`);
});

test("the artifact is named by a path that is the same on every machine", async (t) => {
  const { one } = await record(webstack, { config: { "webstack:domain": "example.com" } });
  const { source } = one("aws:s3/bucketObjectv2:BucketObjectv2").inputs as { source: { path: Promise<string> } };
  t.regex(await source.path, /^node_modules\/\.cache\/webstack\/[0-9a-f]{16}\.tar\.gz$/);
});

test("the program builds the distributed architecture when that is what the configuration names", async (t) => {
  const config = { "webstack:domain": "example.com", "webstack:architecture": "distributed" };
  const { built, all } = await record(webstack, { config });
  t.is((await unwrap(built)).architecture, "distributed");
  t.is(all("aws:autoscaling/group:Group").length, 2);
});

test("the program builds the secured architecture when that is what the configuration names", async (t) => {
  const config = {
    "webstack:domain": "example.com",
    "webstack:architecture": "secured",
    "webstack:monitoring": '{"emails":["operations@example.com"]}',
  };
  const { built, all } = await record(webstack, { config });
  t.like(await unwrap(built), { architecture: "secured", url: "https://example.com" });
  t.is(all("aws:wafv2/webAcl:WebAcl").length, 1);
});

test("a wrong configuration registers nothing and says what is wrong", async (t) => {
  await t.throwsAsync(record(webstack, { config: { "webstack:network": '{"cidr":"10.0.0.0/8"}' } }), {
    message: /^The configuration of stack dev has 2 problems\. Nothing was changed\./,
  });
});
