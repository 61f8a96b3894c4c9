import type { ServerWritableStream } from "@grpc/grpc-js";
import * as grpc from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import { resolveSdk, spawnNode } from "./node-process.ts";

export type PolicyPack = InstanceType<typeof messages.RunPluginRequest>;

/** Runs a policy pack by the SDK's launcher, and streams its output and exit code to the engine. */
export function runPolicyPack(call: ServerWritableStream<PolicyPack, unknown>): void {
  const { request } = call;
  const directory = request.getInfo()?.getProgramDirectory() ?? request.getProgram();
  if (request.getKind() !== "analyzer") {
    fail(
      call,
      grpc.status.UNIMPLEMENTED,
      `this language host runs policy packs, not plugins of kind ${request.getKind()}`,
    );
    return;
  }
  let launcher: string;
  try {
    launcher = resolveSdk("cmd/run-policy-pack", directory);
  } catch (error) {
    fail(call, grpc.status.FAILED_PRECONDITION, (error as Error).message);
    return;
  }

  const child = spawnNode([launcher, ...request.getArgsList(), directory], {
    cwd: directory,
    env: Object.fromEntries(request.getEnvList().map(splitVariable)),
    stdio: ["ignore", "pipe", "pipe"],
  });
  call.on("cancelled", () => child.kill());
  child.stdout?.on("data", (chunk: Buffer) => send(call, (response) => response.setStdout(chunk)));
  child.stderr?.on("data", (chunk: Buffer) => send(call, (response) => response.setStderr(chunk)));
  child.on("close", (code) => {
    send(call, (response) => response.setExitcode(code ?? 1));
    call.end();
  });
}

function splitVariable(variable: string): [string, string] {
  const equals = variable.indexOf("=");
  return [variable.slice(0, equals), variable.slice(equals + 1)];
}

function send(
  call: ServerWritableStream<PolicyPack, unknown>,
  set: (response: InstanceType<typeof messages.RunPluginResponse>) => void,
): void {
  if (call.cancelled) return;
  const response = new messages.RunPluginResponse();
  set(response);
  call.write(response);
}

function fail(call: ServerWritableStream<PolicyPack, unknown>, code: grpc.status, details: string): void {
  call.emit("error", { code, details });
}
