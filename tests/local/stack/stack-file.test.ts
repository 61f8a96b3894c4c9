import test from "ava";
import { parse } from "yaml";
import { configuredRegion, localStackFile } from "../../../local/stack/stack-file.ts";

const cloud = { endpoint: "http://127.0.0.1:4000", region: "eu-north-1", accountId: "123456789012", pid: 1 };

function local(committed: string, previous = "", protection = true) {
  return parse(localStackFile(committed, previous, cloud, { protection }));
}

test("the committed configuration stays, and the provider is pointed at the local cloud", (t) => {
  const { config } = local("config:\n  webstack:domain: example.org\n  webstack:network: { zones: 2 }\n");
  t.is(config["webstack:domain"], "example.org");
  t.deepEqual(config["webstack:network"], { zones: 2 });
  t.is(config["aws:region"], "eu-north-1");
  t.is(config["aws:endpoints"].length, 1);
  t.deepEqual(new Set(Object.values(config["aws:endpoints"][0])), new Set(["http://127.0.0.1:4000"]));
  t.true(config["aws:s3UsePathStyle"]);
});

test("a region that the stack file names is kept", (t) => {
  const committed = "config: { aws:region: us-west-2 }";
  t.is(configuredRegion(committed), "us-west-2");
  t.is(configuredRegion(""), undefined);
  t.is(local(committed).config["aws:region"], "us-west-2");
});

test("of the committed provider settings only those stay that mean the same on the local cloud", (t) => {
  const { config } = local(`config:
  aws:endpoints: [{ ec2: https://example.org }]
  aws:profile: production
  aws:assumeRoles: [{ roleArn: "arn:aws:iam::1:role/deploy" }]
  aws:allowedAccountIds: ["1"]
  aws:defaultTags: { tags: { team: web } }
`);
  t.is(config["aws:endpoints"][0].ec2, "http://127.0.0.1:4000");
  t.deepEqual(config["aws:defaultTags"], { tags: { team: "web" } });
  for (const key of ["aws:profile", "aws:assumeRoles", "aws:allowedAccountIds"]) t.false(key in config);
});

test("the salt of the run before is kept, and the committed file's is not used", (t) => {
  t.is(local("encryptionsalt: real\nconfig: {}", "encryptionsalt: local").encryptionsalt, "local");
  t.deepEqual(Object.keys(local("encryptionsalt: real\nsecretsprovider: awskms://alias/key")), ["config"]);
});

test("protection is lifted without touching its other settings", (t) => {
  const committed = "config: { webstack:protection: { deletion: true, waf: true } }";
  t.deepEqual(local(committed, "", false).config["webstack:protection"], { deletion: false, waf: true });
  t.deepEqual(local(committed).config["webstack:protection"], { deletion: true, waf: true });
  t.deepEqual(local("", "", false).config["webstack:protection"], { deletion: false });
});

test("an encrypted value is refused by name", (t) => {
  t.throws(() => local("config: { webstack:token: { secure: AAABAP }, webstack:domain: example.org }"), {
    message:
      "The stack file has encrypted values (webstack:token), which a run with a throwaway passphrase cannot read. " +
      "Secrets of this project are generated, not configured: remove them from the file.",
  });
});
