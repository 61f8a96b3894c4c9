/** What tells the things of a stack: their tags, and their names without what is drawn by chance. */
import type { Filter } from "@aws-sdk/client-ec2";

type Tags = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[];

/** What the stack's own things carry, as EC2 and Auto Scaling look for it. */
export const ofStack = (environment: string): Filter[] => [
  { Name: "tag:project", Values: ["webstack"] },
  { Name: "tag:environment", Values: [environment] },
];

export const named = (tags: Tags = []): string => tags.find(({ Key }) => Key === "Name")?.Value ?? "";

/** The name of a thing within its stack, such as `network-vpc`. */
export const part = (tags: Tags | undefined): string => named(tags).replace(/^webstack-[a-z]+-/, "");

/** A text without what Pulumi adds to the names that it makes. */
export const plain = (text = ""): string => text.replace(/-[0-9a-f]{7}(?![0-9a-z])/g, "");
