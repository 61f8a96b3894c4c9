import type { Rule } from "../../rule.ts";
import { certificateDnsValidated } from "./certificate-dns-validated.ts";
import { certificateKeyStrength } from "./certificate-key-strength.ts";
import { certificateReplacedFirst } from "./certificate-replaced-first.ts";
import { certificateTransparency } from "./certificate-transparency.ts";
import { certificateWithoutWildcard } from "./certificate-without-wildcard.ts";

export const certificateRules: readonly Rule[] = [
  certificateDnsValidated,
  certificateKeyStrength,
  certificateReplacedFirst,
  certificateTransparency,
  certificateWithoutWildcard,
];
