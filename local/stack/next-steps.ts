import { relative } from "node:path";
import type { Environment } from "./project.ts";

/** Three things to try once a stack is up. */
export function nextSteps({ name, root, outputs }: Environment): string[] {
  return [
    `Next: change Pulumi.${name}.yaml and run \`make preview ENV=${name}\` to see what that would do,`,
    `      read the outputs in ${relative(root, outputs)} and the state beside it,`,
    `      or take everything down again with \`make destroy ENV=${name}\`.`,
  ];
}
