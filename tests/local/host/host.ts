import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import service from "@pulumi/pulumi/proto/language_grpc_pb.js";
import type { ExecutionContext } from "ava";

/** The language host as the engine starts it: a process that prints its port. */
export async function startHost(t: ExecutionContext) {
  const main = join(import.meta.dirname, "../../../local/host/main.ts");
  const host = spawn(process.execPath, [main, "127.0.0.1:1"], { stdio: ["pipe", "pipe", "inherit"] });
  t.teardown(() => host.kill("SIGKILL"));
  const [port] = await once(host.stdout, "data");
  const client = new service.LanguageRuntimeClient(
    `127.0.0.1:${String(port).trim()}`,
    grpc.credentials.createInsecure(),
  );
  t.teardown(() => client.close());
  return { host: host as ChildProcess, client };
}
