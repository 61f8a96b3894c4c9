import type { Writable } from "node:stream";
import { holderOf, tryLock, unlock } from "../cloud/lock.ts";
import { Refusal } from "../cloud/refusal.ts";
import type { ProviderPlugin } from "./plugins.ts";
import { findEnvironment } from "./project.ts";
import { carryOut } from "./steps.ts";
import type { ProviderChoice } from "./variables.ts";

export const verbs = ["up", "preview", "refresh", "destroy"] as const;
export type Verb = (typeof verbs)[number];

export interface OperationOptions {
  readonly verb: Verb;
  readonly environment: string;
  /** The Pulumi project's directory. */
  readonly root: string;
  /** What all environments of a project share: cloud, state, plugins. @default ".local" in `root` */
  readonly localDir?: string | undefined;
  /** An AWS API that already runs. @default - an emulated one, started if necessary */
  readonly endpoint?: string | undefined;
  /** Whose provider plugins run. @default "local" */
  readonly provider?: ProviderChoice | undefined;
  /** The plugins that `provider: "local"` means. @default - the offline aws, tls and random */
  readonly plugins?: readonly ProviderPlugin[] | undefined;
  /** The directory of a policy pack that reviews previews and updates. @default none */
  readonly policyPack?: string | undefined;
  /** The file to write a preview to, as JSON, instead of showing it: also one that failed, as far as it came. @default - it is shown */
  readonly plan?: string | undefined;
  /** The file to write the engine's events of that preview to, which have the new outputs of the stack. @default none */
  readonly events?: string | undefined;
  /** Handed to pulumi as they are. */
  readonly parameters?: readonly string[] | undefined;
  /** More environment variables for the engine and all that it starts. */
  readonly variables?: NodeJS.ProcessEnv | undefined;
  /** Takes everything that is said. @default - this process's terminal */
  readonly output?: Writable | undefined;
}

/** Carries out one Pulumi operation on the local cloud. Returns pulumi's exit code, or 1 with a message if none ran. */
export async function operation(options: OperationOptions): Promise<number> {
  const say = (line: string) => void (options.output ?? process.stderr).write(`${line}\n`);
  try {
    const environment = findEnvironment(options.root, options.environment, options.localDir);
    if (!tryLock(environment.lock)) {
      const holder = holderOf(environment.lock);
      throw new Refusal(
        `Another operation on ${environment.name} is running${holder ? ` (process ${holder.pid})` : ""}: ` +
          "wait until it has ended.",
      );
    }
    try {
      return await carryOut(environment, options, say);
    } finally {
      unlock(environment.lock);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(`error: ${error.message}`);
    return 1;
  }
}
