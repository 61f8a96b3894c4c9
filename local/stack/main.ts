/** `make up` and its kin: main.ts VERB [--env NAME] [--endpoint URL] [--provider CHOICE] [--policy-pack DIRECTORY] [--plan FILE] [--events FILE] [-- PULUMI-ARGUMENT...] */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { operation, verbs } from "./operation.ts";
import { providerChoices } from "./variables.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    env: { type: "string" },
    endpoint: { type: "string" },
    provider: { type: "string" },
    "policy-pack": { type: "string" },
    plan: { type: "string" },
    events: { type: "string" },
  },
});
const [command, ...parameters] = positionals;
const verb = verbs.find((name) => name === command);
const provider = providerChoices.find((name) => name === (values.provider || "local"));

if (!verb) stop(`'${command ?? ""}' is no operation: use ${verbs.join(", ")}.`);
if (!provider) stop(`PROVIDER=${values.provider} is not known: use ${providerChoices.join(" or ")}.`);

process.exitCode = await operation({
  verb,
  environment: values.env || "production",
  root: join(import.meta.dirname, "../.."),
  endpoint: values.endpoint || undefined,
  provider,
  policyPack: values["policy-pack"],
  plan: values.plan,
  events: values.events,
  parameters,
});

function stop(message: string): never {
  console.error(`error: ${message}`);
  process.exit(1);
}
