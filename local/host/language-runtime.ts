import * as grpc from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { killAll } from "./node-process.ts";
import { type PolicyPack, runPolicyPack } from "./policy-pack.ts";
import { type Program, runProgram } from "./program.ts";

/**
 * pulumirpc.LanguageRuntime, as far as running needs it. What is left out (dependency installation, code generation)
 * gRPC answers as unimplemented, which the engine understands.
 */
export function languageRuntime(engineAddress: string): grpc.UntypedServiceImplementation {
  return {
    getPluginInfo(_call: unknown, answer: grpc.sendUnaryData<unknown>) {
      answer(null, new pluginMessages.PluginInfo());
    },

    // Plugins are loaded as resources ask for them, each with the version that its SDK names.
    getRequiredPlugins(_call: unknown, answer: grpc.sendUnaryData<unknown>) {
      answer(null, new messages.GetRequiredPluginsResponse());
    },
    getRequiredPackages(_call: unknown, answer: grpc.sendUnaryData<unknown>) {
      answer(null, new messages.GetRequiredPackagesResponse());
    },

    run(call: grpc.ServerUnaryCall<Program, unknown>, answer: grpc.sendUnaryData<unknown>) {
      const cancelled = new AbortController();
      call.on("cancelled", () => cancelled.abort());
      runProgram(call.request, engineAddress, cancelled.signal).then(
        (response) => answer(null, response),
        (error: Error) => answer({ code: grpc.status.FAILED_PRECONDITION, details: error.message }),
      );
    },

    runPlugin(call: grpc.ServerWritableStream<PolicyPack, unknown>) {
      runPolicyPack(call);
    },

    cancel(_call: unknown, answer: grpc.sendUnaryData<unknown>) {
      killAll();
      answer(null, new empty.Empty());
    },

    about(_call: unknown, answer: grpc.sendUnaryData<unknown>) {
      const about = new messages.AboutResponse();
      about.setExecutable(process.execPath);
      about.setVersion(process.version);
      answer(null, about);
    },
  };
}
