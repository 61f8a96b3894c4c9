/** The bytes of an object: from a file, from the web, or from the program itself. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { BucketObjectv2Args } from "@pulumi/aws/s3/bucketObjectv2.js";
import { messageOf, ProviderError } from "../../core/errors.ts";
import type { Plain } from "../../core/resource.ts";

/** An asset as the engine sends it. */
interface Asset {
  readonly text?: string;
  readonly path?: string;
  readonly uri?: string;
  readonly assets?: object;
}

export async function contentOf(
  { source, content, contentBase64 }: Plain<BucketObjectv2Args>,
  signal: AbortSignal,
): Promise<Buffer> {
  if (content !== undefined) return Buffer.from(content);
  if (contentBase64 !== undefined) return Buffer.from(contentBase64, "base64");
  return source === undefined ? Buffer.alloc(0) : fetched(source as Asset, signal);
}

async function fetched({ text, path, uri, assets }: Asset, signal: AbortSignal): Promise<Buffer> {
  if (text !== undefined) return Buffer.from(text);
  if (assets)
    throw new ProviderError(
      "source is an archive to be built, which is not supported offline; pass a FileAsset of a file",
    );
  const from = path ?? uri ?? "";
  try {
    if (path) return await readFile(path, { signal });
    if (from.startsWith("file:")) return await readFile(fileURLToPath(from), { signal });
    const response = await fetch(from, { signal });
    if (!response.ok) throw new ProviderError(`the answer was ${response.status} ${response.statusText}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw new ProviderError(`source ${from} cannot be read: ${messageOf(error)}`);
  }
}
