import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import type { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { Refusal } from "../cloud/refusal.ts";

/** How a run of the CLI ended. `killed` means by a signal: it could not clear up after itself. */
export interface Ending {
  readonly code: number;
  readonly killed: boolean;
}

function pulumiCli(): string {
  const cli = process.env.WEBSTACK_PULUMI;
  if (!cli)
    throw new Refusal("WEBSTACK_PULUMI names no Pulumi CLI: use make, or local/toolchain/with engine -- COMMAND.");
  return cli;
}

/**
 * Runs the CLI for a person to watch: with this process's terminal, or writing to `output`. It is always waited for.
 *
 * A Ctrl-C at a terminal reaches the whole foreground process group, the CLI too. Elsewhere the CLI gets a process group
 * of its own and exactly those signals that this process gets, since to it a second one means to stop at once.
 */
export async function runPulumi(
  parameters: readonly string[],
  variables: NodeJS.ProcessEnv,
  output?: Writable,
): Promise<Ending> {
  const atTerminal = process.stdin.isTTY === true && output === undefined;
  const child = spawn(pulumiCli(), parameters, {
    env: variables,
    detached: !atTerminal,
    stdio: output ? ["ignore", "pipe", "pipe"] : "inherit",
  });
  child.stdout?.on("data", (chunk) => output?.write(chunk));
  child.stderr?.on("data", (chunk) => output?.write(chunk));

  const interrupt = () => void (atTerminal || child.kill("SIGINT"));
  const terminate = () => void child.kill("SIGTERM");
  const handlers = [
    ["SIGINT", interrupt],
    ["SIGTERM", terminate],
    ["SIGHUP", terminate],
  ] as const;
  for (const [signal, handler] of handlers) process.on(signal, handler);
  try {
    const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    return { code: code ?? 128 + constants.signals[signal as NodeJS.Signals], killed: signal !== null };
  } finally {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  }
}

/** What the CLI has said, to programs and to people. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the CLI for its standard output. */
export async function askPulumi(parameters: readonly string[], variables: NodeJS.ProcessEnv): Promise<string> {
  const { code, stdout, stderr } = await answerOf(parameters, variables);
  if (code !== 0) throw new Error(`pulumi ${parameters.join(" ")} failed: ${stderr.trim() || stdout.trim()}`);
  return stdout;
}

/** The same where a failure is an answer, too. Out of reach of Ctrl-C, so that what must follow an operation does follow. */
export async function answerOf(parameters: readonly string[], variables: NodeJS.ProcessEnv): Promise<Answer> {
  const child = spawn(pulumiCli(), parameters, {
    env: variables,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  // Without a code it was ended by a signal.
  return { code: code ?? 1, stdout, stderr };
}
