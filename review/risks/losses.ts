import { BACKUPS } from "./backups.ts";
import { DATABASES } from "./databases.ts";
import { IDENTITIES, KEYS, SECRETS } from "./keys.ts";
import type { Loss, Losses } from "./loss.ts";
import { MESSAGING, RECORDINGS } from "./messages.ts";
import { STORAGE } from "./storage.ts";

/** What weighs most comes first: without a key all that it encrypts is lost, without a log what happened yesterday is. */
const BY_WEIGHT: readonly Losses[] = [KEYS, DATABASES, STORAGE, BACKUPS, IDENTITIES, SECRETS, MESSAGING, RECORDINGS];

/** Types that hold something which nothing else does. */
export const LOSSES: Losses = Object.assign({}, ...BY_WEIGHT);

export const lossOf = (type: string): Loss | undefined => (Object.hasOwn(LOSSES, type) ? LOSSES[type] : undefined);

/** The smaller, the more a loss weighs. */
export const weightOf = (type: string): number => BY_WEIGHT.findIndex((losses) => Object.hasOwn(losses, type));
