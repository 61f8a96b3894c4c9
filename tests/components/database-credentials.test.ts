import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { DatabaseCredentials } from "../../components/database-credentials.ts";
import { record } from "../record.ts";
import { ACCOUNT, TAGS, tagsOf, unwrap } from "./support.ts";

const READER = "arn:aws:iam::123456789012:role/reader";

const credentials = (protect = false, passwordVersion = 1) =>
  record(
    () =>
      new DatabaseCredentials("cr", {
        user: "clerk",
        passwordVersion,
        account: ACCOUNT,
        readerArn: READER,
        protect,
        tags: TAGS,
      }),
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
  const { policy: _, ...inputs } = one("aws:kms/key:Key").inputs;
  t.deepEqual(inputs, {
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

test("a protected key refuses to be deleted, and it and the secret can be had back for a month once they are", async (t) => {
  const { one } = await credentials(true);
  t.true(one("aws:kms/key:Key").protect);
  t.false((await credentials()).one("aws:kms/key:Key").protect);
  t.is(one("aws:kms/key:Key").inputs.deletionWindowInDays, 30);
  t.is(one("aws:secretsmanager/secret:Secret").inputs.recoveryWindowInDays, 30);
});

test("whoever reads the secret reads this one, and asks for it by its name", async (t) => {
  const { built } = await credentials();
  t.deepEqual(await unwrap([...built.grant]), [
    {
      action: "secretsmanager:GetSecretValue",
      resource: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:cr-secret-1234567-??????",
    },
  ]);
  t.is(await unwrap(built.secretName), "cr-secret-1234567");
});

test("the role that reads the secret may use the key for that, and for nothing else; the account manages it", async (t) => {
  const { policy } = (await credentials()).one("aws:kms/key:Key").inputs;
  t.deepEqual(JSON.parse(String(policy)), {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" },
      {
        Effect: "Allow",
        Principal: { AWS: READER },
        Action: ["kms:Decrypt"],
        Resource: "*",
        Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" } },
      },
    ],
  });
});

test("the password is no output of the component", async (t) => {
  const { built } = await credentials();
  t.true(pulumi.Output.isInstance(built.password));
  t.false(
    JSON.stringify(await unwrap({ key: built.kmsKeyArn, secret: built.secretArn })).includes("generated-password"),
  );
});
