import { parse, stringify } from "yaml";
import type { Cloud } from "../cloud/cloud.ts";
import { Refusal } from "../cloud/refusal.ts";

interface StackFile {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly encryptionsalt?: string;
}

/** Services whose addresses the official provider knows by these names; all are the one address of the local cloud. */
const SERVICES =
  "acm autoscaling backup budgets cloudwatch ec2 elb elbv2 iam kms logs rds route53 s3 secretsmanager sns ssm sts wafv2".split(
    " ",
  );

/** The provider's settings that mean the same on the local cloud. Credentials, roles and account checks do not. */
const PORTABLE = new Set(["aws:region", "aws:defaultTags", "aws:ignoreTags"]);

/**
 * The stack file that a local run gives to the engine: the committed one, with the provider's configuration for the local
 * cloud. `previous` is the file of the run before, from which the salt of the throwaway passphrase is kept. With
 * `protection` false, protection against deletion is off.
 */
export function localStackFile(
  committed: string,
  previous: string,
  cloud: Cloud,
  { protection }: { readonly protection: boolean },
): string {
  const { config = {} } = (parse(committed) ?? {}) as StackFile;
  const { encryptionsalt } = (parse(previous) ?? {}) as StackFile;
  refuseSecrets(config);
  const lifted = { "webstack:protection": { ...(config["webstack:protection"] as object), deletion: false } };
  const portable = Object.entries(config).filter(([key]) => !key.startsWith("aws:") || PORTABLE.has(key));
  return stringify({
    ...(encryptionsalt ? { encryptionsalt } : {}),
    config: {
      "aws:region": cloud.region,
      ...Object.fromEntries(portable),
      ...providerConfiguration(cloud.endpoint),
      ...(protection ? {} : lifted),
    },
  });
}

/** The region that a committed stack file configures, if it does. */
export function configuredRegion(committed: string): string | undefined {
  const { config = {} } = (parse(committed) ?? {}) as StackFile;
  return config["aws:region"] as string | undefined;
}

function providerConfiguration(endpoint: string): Record<string, unknown> {
  return {
    "aws:endpoints": [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
    "aws:s3UsePathStyle": true,
    "aws:skipCredentialsValidation": true,
    "aws:skipMetadataApiCheck": true,
    "aws:skipRegionValidation": true,
  };
}

function refuseSecrets(config: Readonly<Record<string, unknown>>): void {
  const secrets = Object.keys(config).filter((key) => JSON.stringify(config[key]).includes('{"secure":'));
  if (secrets.length > 0) {
    throw new Refusal(
      `The stack file has encrypted values (${secrets.join(", ")}), which a run with a throwaway passphrase cannot read. ` +
        "Secrets of this project are generated, not configured: remove them from the file.",
    );
  }
}
