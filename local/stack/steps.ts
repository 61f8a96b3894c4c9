import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { openCloud } from "../cloud/cloud.ts";
import { readText, writeWhole } from "../cloud/files.ts";
import { Refusal } from "../cloud/refusal.ts";
import { occupied } from "../cloud/state.ts";
import { type ExportedState, LocalStack } from "./local-stack.ts";
import { nextSteps } from "./next-steps.ts";
import type { OperationOptions } from "./operation.ts";
import { installProviders, offlineProviders } from "./plugins.ts";
import type { Environment } from "./project.ts";
import { isProtected } from "./protection.ts";
import { answerOf, runPulumi } from "./pulumi.ts";
import { recoverFromKill } from "./recovery.ts";
import { uninterrupted } from "./signals.ts";
import { configuredRegion, localStackFile } from "./stack-file.ts";
import { engineVariables } from "./variables.ts";

type Say = (line: string) => void;

/** The steps of an operation, once its environment is found and locked. Returns the exit code. */
export async function carryOut(environment: Environment, options: OperationOptions, say: Say): Promise<number> {
  const { verb, provider = "local", plugins, output, policyPack, plan, events } = options;
  if (verb === "destroy" && readText(environment.checkpoint) === undefined) {
    say(`${environment.name} does not exist here: there is nothing to destroy.`);
    return 0;
  }

  const committed = readFileSync(environment.committedStackFile, "utf8");
  const region = configuredRegion(committed);
  const cloud = await openCloud({ localDir: environment.localDir, endpoint: options.endpoint, region, say });
  const variables = {
    ...engineVariables(environment, cloud, provider),
    // A policy pack is told by the official language host which stack it reviews, ours passes on what the engine has.
    ...(policyPack && { PULUMI_NODEJS_STACK: environment.name }),
    ...options.variables,
  };
  if (provider === "local") {
    installProviders(join(environment.localDir, "pulumi"), plugins ?? offlineProviders());
  }
  const writeStackFile = (choice: { protection: boolean }) => {
    const previous = readText(environment.stackFile) ?? "";
    writeWhole(environment.stackFile, localStackFile(committed, previous, cloud, choice));
  };

  const stack = new LocalStack(environment, variables);
  mkdirSync(join(environment.localDir, "backend"), { recursive: true });
  writeStackFile({ protection: true });
  await stack.create();
  const recovered = await recoverFromKill(stack, variables, say);
  if (recovered) await stack.publish();

  const commandLine = (command: OperationOptions["verb"], parameters: readonly string[]) => [
    ...[command, "--stack", environment.name, "-C", environment.root, "--config-file", environment.stackFile],
    ...["--suppress-permalink=true", ...(command === "preview" ? [] : ["--yes"])],
    ...(recovered && command !== "refresh" ? ["--refresh"] : []),
    ...parameters,
  ];
  const engine = (command: OperationOptions["verb"], ...parameters: string[]) =>
    uninterrupted(async () => {
      const ending = await runPulumi(commandLine(command, parameters), variables, output);
      // A preview changes nothing, so what was published before is still true.
      if (command === "preview" && !ending.killed && stack.isPublished) return { code: ending.code, state: undefined };
      const state = await stack.publish();
      if (ending.killed) say(`The engine was killed. The next operation on ${environment.name} repairs what it left.`);
      else if (!state.deployment.pending_operations?.length) rmSync(environment.journal, { force: true });
      return { code: ending.code, state };
    });

  if (verb === "destroy") return await destroy();
  if (plan !== undefined) return await planned(plan);
  const reviewed = policyPack && verb !== "refresh" ? ["--policy-pack", policyPack] : [];
  const { code } = await engine(verb, ...reviewed, ...(options.parameters ?? []));
  if (verb === "up" && code === 0) for (const line of nextSteps(environment)) say(line);
  return code;

  /** Writes the plan, with what stays as it is. A preview that fails has one as well, as far as it came, which says why: whoever reads it decides on that. */
  async function planned(file: string): Promise<number> {
    const log = events === undefined ? [] : ["--event-log", resolve(events)];
    const parameters = ["--json", "--show-sames", ...log, ...(options.parameters ?? [])];
    // The engine has a log of its events for those who look into the engine.
    const asked = { ...variables, ...(events !== undefined && { PULUMI_DEBUG_COMMANDS: "true" }) };
    // Neither may be taken for those of this preview.
    for (const before of [file, ...(events === undefined ? [] : [events])]) rmSync(before, { force: true });
    const { code, stdout, stderr } = await answerOf(commandLine("preview", parameters), asked);
    if (code !== 0 && !tellsWhy(stdout))
      throw new Refusal(`There is no preview of ${environment.name}: ${stderr.trim()}`);
    writeWhole(file, stdout);
    return 0;
  }

  /** The local cloud can be thrown away: what is protected there loses its protection first. */
  async function destroy(): Promise<number> {
    const before = await stack.export();
    const guarded = resources(before).filter(isProtected);
    if (guarded.length > 0) {
      say(`${environment.name} is protected against deletion: an update lifts that first.`);
      writeStackFile({ protection: false });
      // Of these only: an update of everything may be what has failed, and a stack that cannot come up must be able to go.
      const lifted = await engine("up", "--skip-preview", ...guarded.flatMap(({ urn }) => ["--target", urn]));
      if (lifted.code !== 0) return lifted.code;
      say(
        "On AWS these are two deliberate steps: an update with webstack:protection.deletion false, then `pulumi destroy`.",
      );
    }
    const { code, state } = await engine("destroy", ...(options.parameters ?? []));
    if (code === 0 && state && !occupied(resources(state))) {
      await stack.remove();
      say(`The stack ${environment.name} is removed from the local backend, too.`);
    }
    return code;
  }
}

/** Whether what a preview printed has an error in it: where the CLI itself refuses, it prints nothing, or an empty document. */
function tellsWhy(printed: string): boolean {
  const { diagnostics = [] } = JSON.parse(printed || "{}") as {
    readonly diagnostics?: readonly { severity: string }[];
  };
  return diagnostics.some(({ severity }) => severity === "error");
}

function resources(state: ExportedState) {
  return state.deployment.resources ?? [];
}
