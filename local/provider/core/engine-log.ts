/** Messages to the engine, which shows them at the resource. */
import * as grpc from "@grpc/grpc-js";
import service from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";

export type LogLine = (severity: "info" | "warning", message: string, urn: string) => void;

/** A log at the engine that started this provider; nowhere when there is none. */
export function logTo(address: string | undefined): LogLine {
  if (!address) return () => {};
  const client = new service.EngineClient(address, grpc.credentials.createInsecure());
  return (severity, message, urn) => {
    const request = new messages.LogRequest();
    request.setSeverity(severity === "warning" ? messages.LogSeverity.WARNING : messages.LogSeverity.INFO);
    request.setMessage(message);
    request.setUrn(urn);
    client.log(request, () => {});
  };
}
