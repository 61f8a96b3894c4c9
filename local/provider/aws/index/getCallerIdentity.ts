import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { GetCallerIdentityArgs, GetCallerIdentityResult } from "@pulumi/aws/getCallerIdentity.js";
import { invocation } from "../../core/resource.ts";
import type { Aws } from "../client.ts";

export default invocation<Aws, GetCallerIdentityArgs, GetCallerIdentityResult>(async ({ context }) => {
  const {
    Account = "",
    Arn = "",
    UserId = "",
  } = await context.client("sts", STSClient).send(new GetCallerIdentityCommand({}));
  return { id: Account, accountId: Account, arn: Arn, userId: UserId };
});
