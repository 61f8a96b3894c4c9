import test from "ava";
import {
  accountArn,
  bucketArn,
  hostedZoneArn,
  logGroupArn,
  managedPolicyArn,
  regionalArn,
  roleArn,
  secretArn,
  topicArn,
} from "../../components/arn.ts";
import { ACCOUNT } from "./support.ts";

const CHINA = { ...ACCOUNT, partition: "aws-cn", region: "cn-north-1" };

for (const [account, arns] of [
  [
    ACCOUNT,
    [
      "arn:aws:s3:::bucket",
      "arn:aws:iam::123456789012:role/role",
      "arn:aws:iam::123456789012:root",
      "arn:aws:iam::aws:policy/Policy",
      "arn:aws:route53:::hostedzone/Z1",
      "arn:aws:logs:eu-central-1:123456789012:log-group:/a/group",
      "arn:aws:sns:eu-central-1:123456789012:topic",
      "arn:aws:ec2:eu-central-1:123456789012:vpc-flow-log/*",
    ],
  ],
  [
    CHINA,
    [
      "arn:aws-cn:s3:::bucket",
      "arn:aws-cn:iam::123456789012:role/role",
      "arn:aws-cn:iam::123456789012:root",
      "arn:aws-cn:iam::aws:policy/Policy",
      "arn:aws-cn:route53:::hostedzone/Z1",
      "arn:aws-cn:logs:cn-north-1:123456789012:log-group:/a/group",
      "arn:aws-cn:sns:cn-north-1:123456789012:topic",
      "arn:aws-cn:ec2:cn-north-1:123456789012:vpc-flow-log/*",
    ],
  ],
] as const) {
  test(`ARNs in ${account.region} are those that AWS makes`, (t) => {
    t.deepEqual(
      [
        bucketArn(account, "bucket"),
        roleArn(account, "role"),
        accountArn(account),
        managedPolicyArn(account, "Policy"),
        hostedZoneArn(account, "Z1"),
        logGroupArn(account, "/a/group"),
        topicArn(account, "topic"),
        regionalArn(account, "ec2", "vpc-flow-log/*"),
      ],
      [...arns],
    );
  });
}

/** Whether a pattern takes in an ARN, by AWS's meaning of question marks. There are no stars in it. */
const takesIn = (pattern: string, arn: string): boolean =>
  new RegExp(`^${pattern.replace(/[.*+^${}()|[\]\\]/g, "\\$&").replaceAll("?", ".")}$`).test(arn);

test("the pattern of a secret takes in the secret of that name, and none whose name only starts like it", (t) => {
  const pattern = secretArn(ACCOUNT, "shop-1a2b3c4");
  t.is(pattern, "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop-1a2b3c4-??????");
  const arn = (rest: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${rest}`;
  t.true(takesIn(pattern, arn("shop-1a2b3c4-AbCdEf")));
  t.false(takesIn(pattern, arn("shop-1a2b3c4-next-AbCdEf")));
  t.false(takesIn(pattern, arn("shop-1a2b3c45-AbCdEf")));
});
