/** The configuration of the AWS provider that means something offline (`aws:region` and so on), and what it becomes. */

import { ProviderError } from "../core/errors.ts";
import type { TagPolicy } from "../core/provider.ts";
import type { Property } from "../core/schema.ts";
import type { Values } from "../core/values.ts";

const text: Property = { type: "string" };
const flag: Property = { type: "boolean" };
const list: Property = { type: "list<string>" };

export const CONFIGURATION: Readonly<Record<string, Property>> = {
  region: { ...text, pattern: ["^[a-z]{2}(-[a-z]+)+-\\d$", "a region such as eu-west-1"] },
  accessKey: { ...text, sensitive: true },
  secretKey: { ...text, sensitive: true },
  token: { ...text, sensitive: true },
  profile: text,
  endpoints: { type: "list<object>" },
  maxRetries: { type: "integer", range: [0, null] },
  retryMode: { ...text, values: ["standard", "adaptive"] },
  defaultTags: { type: "object", properties: { tags: { type: "map<string>" } } },
  ignoreTags: { type: "object", properties: { keys: list, keyPrefixes: list } },
  s3UsePathStyle: flag,
  skipCredentialsValidation: flag,
  skipMetadataApiCheck: flag,
  skipRegionValidation: flag,
  skipRequestingAccountId: flag,
};

export interface Settings {
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } | undefined;
  /** Where a service of this name (`ec2`, `s3`, `route53` ...) answers. */
  endpointOf(service: string): string;
}

/** How often the official provider repeats a call that was throttled or failed on AWS's side. */
const RETRIES = 25;

/** Reads the configuration; what it leaves out comes from the environment, as with the official provider. */
export function settingsOf(config: Values, environment: NodeJS.ProcessEnv): Settings {
  const {
    accessKey,
    secretKey,
    token,
    endpoints = [],
    maxRetries = RETRIES,
  } = config as {
    accessKey?: string;
    secretKey?: string;
    token?: string;
    endpoints?: Record<string, string>[];
    maxRetries?: number;
  };
  const region = (config.region as string | undefined) ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION;
  if (!region)
    throw new ProviderError("aws:region is required and missing; set it with: pulumi config set aws:region eu-west-1");
  const named = Object.assign({}, ...endpoints) as Record<string, string>;
  return {
    region,
    maxAttempts: maxRetries + 1,
    credentials:
      accessKey && secretKey ? { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken: token } : undefined,
    endpointOf(service) {
      const endpoint =
        named[service] ?? environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? environment.AWS_ENDPOINT_URL;
      if (endpoint) return endpoint;
      // Real money is the official provider's business: this one must never reach an account by accident.
      throw new ProviderError(
        `the offline provider only talks to an emulated AWS API, and no endpoint is set for ${service}; set aws:endpoints or AWS_ENDPOINT_URL, or use the official provider`,
      );
    },
  };
}

export function tagPolicyOf(config: Values): TagPolicy {
  const { tags = {} } = (config.defaultTags ?? {}) as { tags?: Record<string, string> };
  const { keys = [], keyPrefixes = [] } = (config.ignoreTags ?? {}) as { keys?: string[]; keyPrefixes?: string[] };
  return {
    defaults: tags,
    ignores: (key) => keys.includes(key) || keyPrefixes.some((prefix) => key.startsWith(prefix)),
  };
}
