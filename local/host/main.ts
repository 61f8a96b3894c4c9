/** The language host: the engine starts it, reads its port from standard output, and asks it to run programs and packs. */
import * as grpc from "@grpc/grpc-js";
import service from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { languageRuntime } from "./language-runtime.ts";
import { killAll } from "./node-process.ts";

// The engine passes its address last, after flags for tracing and logs.
const engineAddress = process.argv.at(-1) ?? "";

const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
server.addService(service.LanguageRuntimeService as unknown as grpc.ServiceDefinition, languageRuntime(engineAddress));
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});

function stop(): void {
  killAll();
  process.exit(0);
}
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
// The engine holds the other end: that it closes is all there is to notice when the engine is killed.
process.stdin.on("end", stop).resume();
