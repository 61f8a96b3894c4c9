import { once } from "node:events";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import { resolveSdk, spawnNode } from "./node-process.ts";

export type Program = InstanceType<typeof messages.RunRequest>;

/** The SDK exits with this code when it has already told the user what went wrong (its cmd/run). */
const ALREADY_REPORTED = 32;

/** Runs a program in a Node process of its own, by the SDK's launcher, as the official host does. */
export async function runProgram(
  program: Program,
  engineAddress: string,
  cancelled: AbortSignal,
): Promise<InstanceType<typeof messages.RunResponse>> {
  const child = spawnNode(commandLine(program, engineAddress), {
    env: environment(program),
    stdio: ["ignore", "inherit", "inherit"],
    signal: cancelled,
  });
  // An "error" follows when the process is ended because of the signal: "close" tells all there is to know.
  child.on("error", () => {});
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];

  const response = new messages.RunResponse();
  if (code === ALREADY_REPORTED) response.setBail(true);
  else if (code !== 0) response.setError(`Program exited with ${signal ? `signal ${signal}` : `exit code ${code}`}`);
  return response;
}

export function commandLine(program: Program, engineAddress: string): string[] {
  const info = program.getInfo();
  const directory = info?.getProgramDirectory() ?? program.getPwd();
  const named = {
    monitor: program.getMonitorAddress(),
    engine: engineAddress,
    organization: program.getOrganization(),
    project: program.getProject(),
    "root-directory": info?.getRootDirectory() ?? "",
    stack: program.getStack(),
    pwd: directory,
    parallel: String(program.getParallel()),
  };
  return [
    ...nodeArguments(program),
    resolveSdk("cmd/run", directory),
    ...Object.entries(named).flatMap(([name, value]) => (value ? [`--${name}`, value] : [])),
    ...(program.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() || ".",
    ...program.getArgsList(),
  ];
}

export function environment(program: Program): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(program.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(program.getConfigsecretkeysList()),
    // The SDK compiles TypeScript itself unless Pulumi.yaml says `typescript: false`, which leaves it to Node.
    ...(options(program).typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
  };
}

/** `nodeargs` of the runtime options in Pulumi.yaml: arguments for Node itself. */
function nodeArguments(program: Program): string[] {
  return String(options(program).nodeargs ?? "")
    .split(/\s+/)
    .filter(Boolean);
}

function options(program: Program): { readonly typescript?: unknown; readonly nodeargs?: unknown } {
  return program.getInfo()?.getOptions()?.toJavaScript() ?? {};
}
