import { gunzipSync } from "node:zlib";
import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";
import { UnknownProperty } from "../model/values.ts";

/** What a machine is told when it starts, as text; undefined where it is told nothing. */
export function userDataOf(machine: Resource): string | undefined {
  const property = machine.type === TYPES.launchTemplate ? "userData" : "userDataBase64";
  const encoded = machine.text(property);
  if (encoded !== undefined) return textOf(Buffer.from(encoded, "base64"), property);
  return machine.type === TYPES.launchTemplate ? undefined : machine.text("userData");
}

/** It may be compressed, to make more of it fit. Source: EC2 user guide, user data; cloud-init documentation, user data formats. */
function textOf(data: Buffer, property: string): string {
  if (!data.subarray(0, GZIP.length).equals(GZIP)) return data.toString();
  try {
    return gunzipSync(data).toString();
  } catch {
    // What cannot be read can be judged as little as what is not known.
    throw new UnknownProperty(property);
  }
}

const GZIP = Buffer.from([0x1f, 0x8b]);

/** The properties that {@link userDataOf} reads. */
export const USER_DATA: readonly string[] = ["userData", "userDataBase64"];
