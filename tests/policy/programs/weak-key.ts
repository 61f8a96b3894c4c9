import * as aws from "@pulumi/aws";

/** A key that is never renewed, soon gone, and open to every account. */
new aws.kms.Key("key", {
  deletionWindowInDays: 7,
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }],
  }),
});
