/** User data in its two forms: text, and Base64 for what is not text. */

import type { InstanceArgs } from "@pulumi/aws/ec2/instance.js";
import type { Plain } from "../../../core/resource.ts";

type UserData = Pick<Partial<Plain<InstanceArgs>>, "userData" | "userDataBase64">;

/** What AWS takes at most, in bytes, before it is encoded. */
export const LIMIT = 16_384;

export const isBase64 = (text: string): boolean =>
  text !== "" && Buffer.from(text, "base64").toString("base64") === text;

/** User data as bytes. Text that is already Base64 is taken for encoded, as the official provider takes it. */
export function bytesOf({ userData, userDataBase64 }: UserData): Buffer | undefined {
  if (userDataBase64) return Buffer.from(userDataBase64, "base64");
  if (!userData) return undefined;
  return isBase64(userData) ? Buffer.from(userData, "base64") : Buffer.from(userData);
}

/** What the API tells, in the form that the program gave: unchanged where it means the same, as text where nothing is known. */
export function userDataFrom(told: string | undefined, known: UserData): UserData {
  if (!told) return { userData: undefined, userDataBase64: undefined };
  const { userData, userDataBase64 } = known;
  if (bytesOf(known)?.toString("base64") === told) return { userData, userDataBase64 };
  if (userDataBase64) return { userData: undefined, userDataBase64: told };
  return { userData: Buffer.from(told, "base64").toString(), userDataBase64: undefined };
}
