import {
  CloudWatchLogsClient,
  DeleteResourcePolicyCommand,
  DescribeResourcePoliciesCommand,
  PutResourcePolicyCommand,
  type ResourcePolicy,
} from "@aws-sdk/client-cloudwatch-logs";
import type { LogResourcePolicyArgs, LogResourcePolicyState } from "@pulumi/aws/cloudwatch/logResourcePolicy.js";
import { type Plain, type Problem, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";

type Args = Plain<LogResourcePolicyArgs>;

/** What AWS asks of each statement; its emulator takes any text. */
const PARTS = ["Effect", "Principal", "Action", "Resource"];

function* checkDocument({ policyDocument }: Partial<Args>): Iterable<Problem> {
  if (policyDocument === undefined) return;
  const { Statement = [] } = JSON.parse(policyDocument) as { Statement?: object | object[] };
  const statements = [Statement].flat();
  const problem = (rule: string): Problem => ({ property: "policyDocument", reason: `policyDocument ${rule}` });
  if (statements.length === 0) yield problem("must have a Statement, got none");
  for (const [index, statement] of statements.entries()) {
    const missing = PARTS.filter((part) => !(part in statement));
    if (missing.length > 0) yield problem(`must have ${missing.join(", ")} in Statement[${index}] too`);
  }
}

const logs = ({ context, region }: AwsCall): CloudWatchLogsClient =>
  context.client("logs", CloudWatchLogsClient, region);

/** One page has them all: an account can have ten in a region. */
async function find(call: AwsCall, name: string): Promise<ResourcePolicy | undefined> {
  const { resourcePolicies = [] } = await logs(call).send(new DescribeResourcePoliciesCommand({}));
  return resourcePolicies.find(({ policyName }) => policyName === name);
}

async function put(call: AwsCall, policyName: string, { policyDocument }: Args): Promise<void> {
  await logs(call).send(new PutResourcePolicyCommand({ policyName, policyDocument }));
}

export default resource<Aws, LogResourcePolicyArgs, LogResourcePolicyState>({
  check: (inputs) => [...checkDocument(inputs)],

  /** AWS takes a policy of a name that exists for a change of it, and so does the official provider. */
  async create(call, inputs) {
    const name = inputs.policyName as string;
    await put(call, name, inputs);
    return name;
  },

  async read(call, id) {
    const found = await find(call, id);
    return (
      found && {
        policyDocument: found.policyDocument,
        policyName: found.policyName,
        // Policies of single resources, which the emulator has not, are the other kind, with revisions.
        policyScope: found.policyScope ?? "ACCOUNT",
      }
    );
  },

  update: (call, id, { news }) => put(call, id, news),

  async delete(call, id) {
    await logs(call).send(new DeleteResourcePolicyCommand({ policyName: id }));
  },

  lost: {
    by: ["policyName", "policyDocument"],
    async find(call, { policyName = "", policyDocument }) {
      const found = await find(call, policyName);
      // One with another document was there before.
      return found?.policyDocument === policyDocument ? found?.policyName : undefined;
    },
  },
});
