import { stringify } from "yaml";

/** A file that cloud-init writes once the packages are installed, so that it may replace one that a package brought. */
export interface MachineFile {
  readonly path: string;
  /** As chmod takes it. @default "0644" */
  readonly mode?: string;
  readonly content: string;
}

export interface CloudConfig {
  /** Debian packages. They are left alone where they are installed already. */
  readonly packages: readonly string[];
  readonly files: readonly MachineFile[];
  /** Commands as lists of words, run in order, once, after everything else. */
  readonly commands: readonly (readonly string[])[];
  /** Whether comments in files, and what cloud-init takes for granted, are left out: there is no room for them where a machine does much. @default false */
  readonly dense?: boolean;
}

/** EC2 takes no more, before base64. Source: EC2 user guide, user data. */
const MOST_BYTES = 16_384;

/** Lines that are comment and nothing else. The first line of a script is not. */
const COMMENTS = /^[ \t]*#(?!!).*\n/gm;

/**
 * User data for cloud-init, the same bytes for the same input. It names no user and no key: people come by SSM session.
 *
 * @throws RangeError if it is larger than EC2 takes.
 */
export function cloudConfig({ packages, files, commands, dense = false }: CloudConfig): string {
  const document = { packages, write_files: files.map(dense ? denseFile : file), runcmd: commands };
  const text = `#cloud-config\n${stringify(document, { lineWidth: 0, ...(dense && { indent: 1 }) })}`;
  const size = Buffer.byteLength(text);
  if (size > MOST_BYTES) {
    throw new RangeError(
      `user data must be at most ${MOST_BYTES} bytes, but is ${size}: shorten the files in machines/`,
    );
  }
  return text;
}

const file = ({ path, mode = "0644", content }: MachineFile) => ({ path, permissions: mode, defer: true, content });

const denseFile = ({ path, mode, content }: MachineFile) => ({
  path,
  ...(mode !== undefined && { permissions: mode }),
  defer: true,
  content: content.replace(COMMENTS, ""),
});
