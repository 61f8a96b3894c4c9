import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

export interface Identity {
  readonly accountId: string;
  /** The account with the memory that it has now: another string as soon as an emulator has lost its memory. */
  readonly id: string;
}

/** An emulator takes any credentials. They are AWS's usual ones for that, so that nobody takes them for real. */
export const credentials = { accessKeyId: "test", secretAccessKey: "test" };

/**
 * Asks an AWS API who it is. Emulators draw the id of the default VPC at random when they start, which makes it a mark
 * of one run of one emulator that needs no writing, and that a proxy in front of it passes on.
 */
export async function identify(endpoint: string): Promise<Identity> {
  const client = { endpoint, credentials, region: "us-east-1", maxAttempts: 5 };
  const [caller, network] = await Promise.all([
    new STSClient(client).send(new GetCallerIdentityCommand({})),
    new EC2Client(client).send(new DescribeVpcsCommand({ Filters: [{ Name: "is-default", Values: ["true"] }] })),
  ]);
  const accountId = caller.Account ?? "";
  return { accountId, id: `${accountId}/${network.Vpcs?.[0]?.VpcId ?? ""}` };
}
