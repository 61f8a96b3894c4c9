import { createRequire } from "node:module";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { secured } from "../../stacks/secured.ts";
import { parseSettings } from "../../stacks/settings.ts";

/**
 * Decides whose child a resource without a parent is: otherwise the stack's. The SDK keeps this to itself, and no transform may change a parent; but
 * the architecture under test names its resources without regard to copies, and is to be measured as it is.
 */
const { setStackResource } = createRequire(import.meta.url)("@pulumi/pulumi/runtime/state.js") as {
  readonly setStackResource: (parent: pulumi.Resource | undefined) => void;
};

const directory = path.resolve(import.meta.dirname, "../..");
const cache = path.join(directory, "node_modules", ".cache", "webstack");

/** Each copy is a component of a type of its own, since that and not its name tells its children's URNs from those of another. */
async function copy(number: number): Promise<void> {
  const place = { project: pulumi.getProject(), stack: `copy-${number}` };
  const settings = parseSettings(
    {
      domain: `copy-${number}.example.com`,
      architecture: "secured",
      monitoring: { emails: ["operations@example.com"] },
      protection: { deletion: false },
    },
    place,
  );
  if (settings.architecture !== "secured") throw new Error("The settings are those of another architecture.");
  setStackResource(new pulumi.ComponentResource(`copies:${place.stack}:Copy`, place.stack));
  await secured(settings, { ...place, directory, cache });
}

export default async function copies(): Promise<void> {
  const stack = pulumi.runtime.getStackResource();
  // One after the other: whose children come next is one for the whole program.
  for (let number = 1; number <= Number(process.env.COUNT); number++) {
    await copy(number);
    setStackResource(stack);
  }
}
