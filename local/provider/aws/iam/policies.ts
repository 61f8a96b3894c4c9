/** The policies of a role, written into it (inline) or attached to it (managed). */
import {
  AttachRolePolicyCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from "@aws-sdk/client-iam";
import type { AwsCall } from "../client.ts";
import { document, iam, unlessGone } from "./iam.ts";

export interface InlinePolicy {
  readonly name?: string;
  readonly policy?: string;
}

export async function inlinePolicy(call: AwsCall, RoleName: string, PolicyName: string): Promise<string | undefined> {
  const { PolicyDocument } = await iam(call).send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  return document(PolicyDocument);
}

export async function inlineNames(call: AwsCall, RoleName: string): Promise<string[]> {
  const names: string[] = [];
  for await (const page of paginateListRolePolicies({ client: iam(call) }, { RoleName }))
    names.push(...(page.PolicyNames ?? []));
  return names;
}

export async function inlinePolicies(call: AwsCall, role: string): Promise<InlinePolicy[]> {
  const names = await inlineNames(call, role);
  return Promise.all(names.map(async (name) => ({ name, policy: await inlinePolicy(call, role, name) })));
}

export async function attachedArns(call: AwsCall, RoleName: string): Promise<string[]> {
  const arns: string[] = [];
  for await (const page of paginateListAttachedRolePolicies({ client: iam(call) }, { RoleName }))
    arns.push(...(page.AttachedPolicies ?? []).map(({ PolicyArn = "" }) => PolicyArn));
  return arns;
}

/** An entry without a name and a policy asks for none, as with the official provider. */
export async function putInline(call: AwsCall, RoleName: string, { name, policy }: InlinePolicy): Promise<void> {
  if (name && policy)
    await iam(call).send(new PutRolePolicyCommand({ RoleName, PolicyName: name, PolicyDocument: policy }));
}

export const removeInline = (call: AwsCall, RoleName: string, PolicyName: string): Promise<void> =>
  unlessGone(iam(call).send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));

export async function attach(call: AwsCall, RoleName: string, PolicyArn: string): Promise<void> {
  await iam(call).send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
}

export const detach = (call: AwsCall, RoleName: string, PolicyArn: string): Promise<void> =>
  unlessGone(iam(call).send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
