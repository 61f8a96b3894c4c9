import { relative } from "node:path";
import { readJson } from "../cloud/files.ts";
import type { Environment } from "./project.ts";

/** What to look at first among the outputs, where a stack has them. */
const TELLING = { review: "what is sound and what is not", monitoring: "what is watched" };

/** Three things to try once a stack is up. */
export function nextSteps({ name, root, outputs }: Environment): string[] {
  const given = Object.keys((readJson(outputs) ?? {}) as object);
  const told = Object.entries(TELLING).filter(([output]) => given.includes(output));
  const hint = told.map(([output, tells]) => `\`${output}\` says ${tells}`).join(", ");
  return [
    `Next: change Pulumi.${name}.yaml and run \`make preview ENV=${name}\` to see what that would do,`,
    `      read the outputs in ${relative(root, outputs)}${hint && ` (${hint})`} and the state beside it,`,
    `      or take everything down again with \`make destroy ENV=${name}\`.`,
  ];
}
