import {
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import type { Account } from "../account.ts";
import { statements } from "./policy.ts";
import { plain } from "./tags.ts";

/** What each role of the account may do: its own statements, and the names of policies of AWS's. */
export async function grants({ iam }: Account): Promise<string[]> {
  const { Roles = [] } = await iam.send(new ListRolesCommand());
  const found = await Promise.all(
    Roles.map(async ({ RoleName }) => {
      const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
      const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      const documents = await Promise.all(
        PolicyNames.map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
      );
      const own = documents.flatMap(({ PolicyDocument = "" }) => statements(decodeURIComponent(PolicyDocument)));
      const role = plain(RoleName);
      return [...own, ...AttachedPolicies.map(({ PolicyName }) => PolicyName)].map((grant) => `${role}: ${grant}`);
    }),
  );
  return found.flat().sort();
}
