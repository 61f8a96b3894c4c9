import type { Account } from "../components/account.ts";
import { EncryptionKey, logsOf } from "../components/encryption-key.ts";
import { hostLogName } from "../components/host-logs.ts";
import type { Tagger } from "../components/tagger.ts";
import { identifierPrefix } from "./database.ts";
import type { Place } from "./settings.ts";

/** Names of a stack's log groups. They are fixed, since the policy of their key has to know them before they are there. */
export interface LogNames {
  /** What all of them have in common. */
  readonly prefix: string;
  readonly flows: string;
  /** AWS WAF writes only to groups that are called so. */
  readonly webAcl: string;
}

export function logNames(place: Place): LogNames {
  const prefix = identifierPrefix(place);
  return { prefix, flows: `/${prefix}/network/flows`, webAcl: `aws-waf-logs-${prefix}` };
}

/** The key of all log groups of a stack, which CloudWatch Logs may use for those and no others. */
export function logKey(
  account: Account,
  { prefix, flows, webAcl }: LogNames,
  { protect, tags }: { readonly protect: boolean; readonly tags: Tagger },
): EncryptionKey {
  const databases = `/aws/rds/instance/${prefix}-*`;
  return new EncryptionKey("logs-key", {
    account,
    description: "The logs of a webstack",
    services: [logsOf(account, [hostLogName(prefix, "*", "*"), flows, webAcl, databases])],
    protect,
    tags,
  });
}
