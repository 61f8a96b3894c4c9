import { join } from "node:path";
import type { Cloud } from "../cloud/cloud.ts";
import { credentials } from "../cloud/identity.ts";
import type { Environment } from "./project.ts";

export const providerChoices = ["local", "official"] as const;
export type ProviderChoice = (typeof providerChoices)[number];

/**
 * The environment variables of the engine and all that it starts. None of the user's own for AWS or Pulumi passes: a
 * profile, a session or a backend that is set would make a local run something else.
 */
export function engineVariables(
  environment: Environment,
  cloud: Cloud | undefined,
  providers: ProviderChoice,
  inherited: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const neutral = Object.entries(inherited).filter(([name]) => !/^(AWS|PULUMI)_/.test(name));
  return {
    ...Object.fromEntries(neutral),
    // Without the files of metadata beside each file: those are not written in one step, and an engine that is killed in
    // that moment leaves a state that no engine can read.
    PULUMI_BACKEND_URL: `file://${join(environment.localDir, "backend")}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: "local",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    WEBSTACK_NODE: process.execPath,
    WEBSTACK_LANGUAGE_HOST: join(import.meta.dirname, "../host/main.ts"),
    WEBSTACK_JOURNAL: environment.journal,
    ...(cloud && cloudVariables(cloud)),
    ...(providers === "official" ? officialHome(inherited) : offlineHome(environment)),
  };
}

function cloudVariables(cloud: Cloud): NodeJS.ProcessEnv {
  return {
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_REGION: cloud.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}

/** Plugins are those of this directory and no others, so that the engine stays off the network. */
function offlineHome(environment: Environment): NodeJS.ProcessEnv {
  return {
    PULUMI_HOME: join(environment.localDir, "pulumi"),
    PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

function officialHome(inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return inherited.PULUMI_HOME ? { PULUMI_HOME: inherited.PULUMI_HOME } : {};
}
