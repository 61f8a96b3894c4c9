import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

export const machineWithoutKeyPair: Rule = {
  name: "machine-without-key-pair",
  title: "Nobody has a key to log in to a machine by SSH",
  why: "A key pair is one secret for all machines that nobody can take back, and no log says who used it.",
  severity: "medium",
  references: [
    wellArchitected("SEC", 6),
    aws("Session Manager", "systems-manager/latest/userguide/session-manager.html"),
  ],
  remediation: "Leave keyName out, and use SSM Session Manager.",
  level: ADVISORY,
  types: [TYPES.launchTemplate, TYPES.instance],
  check: (machine) => expect(!machine.isSet("keyName"), () => "its keyName is set."),
};
