import type { Rule } from "../../rule.ts";
import { recordAliasesBalancer } from "./record-aliases-balancer.ts";
import { recordShortTtl } from "./record-short-ttl.ts";
import { zoneDnssec } from "./zone-dnssec.ts";
import { zoneQueryLog } from "./zone-query-log.ts";

export const dnsRules: readonly Rule[] = [recordAliasesBalancer, recordShortTtl, zoneDnssec, zoneQueryLog];
