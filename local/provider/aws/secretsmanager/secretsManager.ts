/** What the types of Secrets Manager share. */
import {
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { isNotFound } from "../../core/errors.ts";
import type { AwsCall } from "../client.ts";

export const secrets = ({ context, region }: AwsCall): SecretsManagerClient =>
  context.client("secretsmanager", SecretsManagerClient, region);

/** A secret by its ARN or name, also one that waits for its deletion. */
export async function describeSecret(
  call: AwsCall,
  SecretId: string,
): Promise<DescribeSecretCommandOutput | undefined> {
  try {
    return await secrets(call).send(new DescribeSecretCommand({ SecretId }));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** The same without those that wait for their deletion. */
export async function findSecret(call: AwsCall, id: string): Promise<DescribeSecretCommandOutput | undefined> {
  const found = await describeSecret(call, id);
  return found?.DeletedDate ? undefined : found;
}
