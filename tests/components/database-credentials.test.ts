import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { DatabaseCredentials } from "../../components/database-credentials.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf, unwrap } from "./support.ts";

const credentials = (protect = false, passwordVersion = 1) =>
  record(
    () =>
      new DatabaseCredentials("cr", { user: "clerk", passwordVersion, region: "eu-central-1", protect, tags: TAGS }),
  );

test("the password is generated, within what every engine takes, and another version makes another one", async (t) => {
  t.deepEqual((await credentials(false, 7)).one("random:index/randomPassword:RandomPassword").inputs, {
    length: 40,
    special: false,
    keepers: { version: "7" },
  });
});

test("the key turns over every year, and the secret is encrypted with it", async (t) => {
  const { one } = await credentials();
  t.deepEqual(one("aws:kms/key:Key").inputs, {
    description: "Data of a webstack and the password to it",
    enableKeyRotation: true,
    deletionWindowInDays: 7,
    tags: tagsOf("cr-key"),
  });
  t.deepEqual(one("aws:secretsmanager/secret:Secret").inputs, {
    description: "The database user clerk",
    kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/cr-key",
    recoveryWindowInDays: 0,
    tags: tagsOf("cr-secret"),
  });
});

test("what is protected can be had back for a month", async (t) => {
  const { one } = await credentials(true);
  t.is(one("aws:kms/key:Key").inputs.deletionWindowInDays, 30);
  t.is(one("aws:secretsmanager/secret:Secret").inputs.recoveryWindowInDays, 30);
});

test("whoever reads the secret may use the key for that, and for nothing else", async (t) => {
  const { built } = await credentials();
  t.deepEqual(await unwrap([...built.grant]), [
    {
      action: "secretsmanager:GetSecretValue",
      resource: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:cr-secret-AbCdEf",
    },
    {
      action: "kms:Decrypt",
      resource: "arn:aws:kms:eu-central-1:123456789012:key/cr-key",
      condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" } },
    },
  ]);
});

test("the password is no output of the component", async (t) => {
  const { built } = await credentials();
  t.true(pulumi.Output.isInstance(built.password));
  t.false(
    JSON.stringify(await unwrap({ key: built.kmsKeyArn, secret: built.secretArn })).includes("generated-password"),
  );
});
