import { parse } from "yaml";
import { z } from "zod";

const CloudConfig = z.strictObject({
  packages: z.array(z.string()),
  write_files: z.array(
    z.strictObject({
      path: z.string(),
      permissions: z.string().default("0644"),
      defer: z.literal(true),
      content: z.string(),
    }),
  ),
  runcmd: z.array(z.array(z.string())),
});

/** User data as cloud-init reads it. */
export function readUserData(text: string) {
  const { packages, write_files: files, runcmd: commands } = CloudConfig.parse(parse(text));
  const content = (path: string): string | undefined => files.find((file) => file.path === path)?.content;
  /** A unit's values of one key, in order. */
  const values = (unit: string, key: string): string[] =>
    (content(`/etc/systemd/system/${unit}`) ?? "")
      .split("\n")
      .filter((line) => line.startsWith(`${key}=`))
      .map((line) => line.slice(key.length + 1));
  return { packages, files, commands, content, values };
}
