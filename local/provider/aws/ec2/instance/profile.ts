/** The instance profile of an instance: who it is in IAM. */
import {
  AssociateIamInstanceProfileCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DisassociateIamInstanceProfileCommand,
  ReplaceIamInstanceProfileAssociationCommand,
} from "@aws-sdk/client-ec2";
import { messageOf } from "../../../core/errors.ts";
import { until } from "../../../core/wait.ts";
import type { AwsCall } from "../../client.ts";
import { ec2 } from "../ec2.ts";
import { describeInstance } from "../instances.ts";

/** IAM may take this long to make a new profile known to EC2, in seconds; the official provider waits as long. */
const PROPAGATION_SECONDS = 120;

/** Repeats a call as long as EC2 does not know a profile, or the role in it, that IAM has just made. */
export async function afterProfile<T>(call: AwsCall, send: () => Promise<T>): Promise<T> {
  let refusal = "";
  const patience = { ...call, timeout: PROPAGATION_SECONDS, deadline: Date.now() + PROPAGATION_SECONDS * 1000 };
  const answer = await until(
    patience,
    "the instance profile to be known to EC2",
    async () => {
      try {
        return { value: await send() };
      } catch (error) {
        refusal = messageOf(error);
        if (/Invalid IAM Instance Profile|has no associated IAM Roles/i.test(refusal)) return undefined;
        throw error;
      }
    },
    () => `unknown (${refusal})`,
  );
  return answer.value;
}

async function associationOf(call: AwsCall, instanceId: string) {
  const { IamInstanceProfileAssociations = [] } = await ec2(call).send(
    new DescribeIamInstanceProfileAssociationsCommand({ Filters: [{ Name: "instance-id", Values: [instanceId] }] }),
  );
  return IamInstanceProfileAssociations.find(({ State }) => State !== "disassociated" && State !== "disassociating");
}

/**
 * Gives an instance another profile. AWS replaces that of a running instance only; otherwise the old one goes first. So it
 * does after a replacement of which moto tells the association, but not the instance.
 */
export async function changeProfile(call: AwsCall, id: string, name: string, running: boolean): Promise<void> {
  const AssociationId = (await associationOf(call, id))?.AssociationId;
  const IamInstanceProfile = { Name: name };
  if (AssociationId && running) {
    await afterProfile(call, () =>
      ec2(call).send(new ReplaceIamInstanceProfileAssociationCommand({ AssociationId, IamInstanceProfile })),
    );
    if ((await describeInstance(call, id))?.IamInstanceProfile?.Arn?.endsWith(`/${name}`)) return;
  }
  if (AssociationId) await ec2(call).send(new DisassociateIamInstanceProfileCommand({ AssociationId }));
  await afterProfile(call, () =>
    ec2(call).send(new AssociateIamInstanceProfileCommand({ InstanceId: id, IamInstanceProfile })),
  );
}

/** The name of the profile that an instance has. */
export async function profileOf(call: AwsCall, id: string): Promise<string | undefined> {
  return (await associationOf(call, id))?.IamInstanceProfile?.Arn?.split("/").at(-1);
}
