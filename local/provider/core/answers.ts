/** What the core finds out, as the messages that the engine reads. */
import * as grpc from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statusMessages from "@pulumi/pulumi/proto/status_pb.js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import type { Difference } from "./diff.ts";
import { messageOf, PartialFailure } from "./errors.ts";
import type { Problem } from "./resource.ts";
import type { encode, Values } from "./values.ts";

/** Values of a type for the engine, with what is secret marked as such. */
export type Show = (type: string, values: Values) => ReturnType<typeof encode>;

/** An error as a status, with the state of a half-made resource in its details. */
export function statusOf(error: unknown, show: Show): Partial<grpc.StatusObject> {
  const message = messageOf(error);
  if (!(error instanceof PartialFailure)) return { code: grpc.status.UNKNOWN, details: message };
  const failed = new messages.ErrorResourceInitFailed();
  failed.setId(error.id);
  failed.setProperties(show(error.type, error.properties));
  failed.setReasonsList([message]);
  const detail = new any.Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statusMessages.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(detail);
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}

export function failures(problems: readonly Problem[]): InstanceType<typeof messages.CheckFailure>[] {
  return problems.map(({ property, reason }) => {
    const failure = new messages.CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    return failure;
  });
}

export function propertyDiff({ kind, replace }: Difference): InstanceType<typeof messages.PropertyDiff> {
  const { Kind } = messages.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  const diff = new messages.PropertyDiff();
  diff.setKind(kinds[kind][replace ? 1 : 0]);
  return diff;
}
