/** The account behind the credentials, for what names itself by it and whose API does not tell. */
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Aws, AwsCall } from "./client.ts";

const known = new WeakMap<Aws, Promise<string>>();

/** Asked once per provider. */
export function accountId({ context }: AwsCall): Promise<string> {
  const asked = known.get(context) ?? ask(context);
  known.set(context, asked);
  return asked;
}

async function ask(context: Aws): Promise<string> {
  const { Account } = await context.client("sts", STSClient).send(new GetCallerIdentityCommand({}));
  return Account as string;
}
