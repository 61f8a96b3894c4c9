import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** The environment for tools of the system: a package may have brought a command of the same name onto the path, as npm's `nft`. */
export function systemEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" };
}

/** Runs a tool of the system to its end, with `input` on its standard input, and returns what it printed. Fails with what it complained about. */
export async function system(command: readonly string[], input = ""): Promise<string> {
  const [file = "", ...parameters] = command;
  const child = spawn(file, parameters, { env: systemEnvironment() });
  child.stdin.on("error", () => {}); // It may end without having read everything: its exit status says whether that was right.
  child.stdin.end(input);
  const status = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const [output, complaint, code] = await Promise.all([text(child.stdout), text(child.stderr), status]);
  if (code !== 0) throw new Error(`\`${command.join(" ")}\` failed: ${complaint.trim() || `exit status ${code}`}`);
  return output;
}

/** The command that runs a command with the network of a namespace, and everything else as it is here. */
export function inNamespace(namespace: string, command: readonly string[]): string[] {
  return ["nsenter", `--net=/run/netns/${namespace}`, ...command];
}
