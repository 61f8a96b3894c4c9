import { join } from "node:path";
import test from "ava";
import type { Environment } from "../../../local/stack/project.ts";
import { engineVariables } from "../../../local/stack/variables.ts";

const environment = { name: "dev", localDir: "/project/.local", journal: "/project/.local/dev/j" } as Environment;
const cloud = { endpoint: "http://127.0.0.1:4000", region: "eu-north-1", accountId: "123456789012", pid: 1 };
const own = {
  PATH: "/bin",
  AWS_PROFILE: "production",
  AWS_SESSION_TOKEN: "token",
  AWS_ENDPOINT_URL_S3: "https://example.org",
  PULUMI_ACCESS_TOKEN: "pul-1",
  PULUMI_BACKEND_URL: "s3://state",
  PULUMI_HOME: "/home/user/.pulumi",
};

test("nothing of the user's own AWS and Pulumi settings reaches a local run", (t) => {
  const variables = engineVariables(environment, cloud, "local", own);
  const theirs = Object.keys(variables).filter((name) => /^(AWS|PULUMI)_/.test(name));
  t.deepEqual(theirs.sort(), [
    "AWS_ACCESS_KEY_ID",
    "AWS_ENDPOINT_URL",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "PULUMI_BACKEND_URL",
    "PULUMI_CONFIG_PASSPHRASE",
    "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION",
    "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS",
    "PULUMI_HOME",
    "PULUMI_IGNORE_AMBIENT_PLUGINS",
    "PULUMI_SKIP_UPDATE_CHECK",
  ]);
  t.is(variables.PATH, "/bin");
  t.is(variables.PULUMI_HOME, "/project/.local/pulumi");
  t.is(variables.PULUMI_BACKEND_URL, "file:///project/.local/backend?metadata=skip");
  t.is(variables.AWS_ENDPOINT_URL, "http://127.0.0.1:4000");
});

test("the language host and the journal are those of this checkout and environment", (t) => {
  const variables = engineVariables(environment, cloud, "local", own);
  t.is(variables.WEBSTACK_NODE, process.execPath);
  t.is(variables.WEBSTACK_LANGUAGE_HOST, join(import.meta.dirname, "../../../local/host/main.ts"));
  t.is(variables.WEBSTACK_JOURNAL, "/project/.local/dev/j");
});

test("the official plugins are found in the user's own home, and may be downloaded", (t) => {
  const variables = engineVariables(environment, cloud, "official", own);
  t.is(variables.PULUMI_HOME, "/home/user/.pulumi");
  t.is(variables.PULUMI_IGNORE_AMBIENT_PLUGINS, undefined);
  t.is(variables.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION, undefined);
  t.is(variables.PULUMI_BACKEND_URL, "file:///project/.local/backend?metadata=skip");
});
