import { join, relative } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { distributed } from "./stacks/distributed.ts";
import { secured } from "./stacks/secured.ts";
import { readSettings } from "./stacks/settings.ts";
import { simple } from "./stacks/simple.ts";

/** Builds the architecture that the stack's configuration names. What it returns are the outputs of the stack. */
export default async function webstack() {
  const settings = readSettings();
  const directory = import.meta.dirname;
  // Relative to where Pulumi runs, so that the state says the same on every machine.
  const cache = relative(process.cwd(), join(directory, "node_modules", ".cache", "webstack"));
  const workplace = { project: pulumi.getProject(), stack: pulumi.getStack(), directory, cache };

  if (settings.architecture === "simple") return simple(settings, workplace);
  if (settings.architecture === "distributed") return distributed(settings, workplace);
  return secured(settings, workplace);
}
