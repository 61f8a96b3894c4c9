import type { Rule } from "../../rule.ts";
import { alarmsAreHeard } from "./alarms-are-heard.ts";
import { topicEncrypted } from "./topic-encrypted.ts";
import { topicPolicy } from "./topic-policy.ts";

export const topicRules: readonly Rule[] = [alarmsAreHeard, topicEncrypted, topicPolicy];
