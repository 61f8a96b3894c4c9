import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { create } from "tar";

/** Any fixed time does. This one is the earliest that every archive format can hold. */
const TIME = new Date("1980-01-01T00:00:00Z");

/** Packs a directory so that equal contents give equal bytes: sorted, without owners, and with one time and two modes. */
export function pack(directory: string): Buffer {
  const stream = create(
    {
      sync: true,
      cwd: directory,
      portable: true,
      noDirRecurse: true,
      mtime: TIME,
      onWriteEntry: (entry) => {
        const isOpenToAll = entry.stat !== undefined && (entry.stat.isDirectory() || (entry.stat.mode & 0o100) !== 0);
        if (entry.stat) entry.stat.mode = (entry.stat.mode & ~0o777) | (isOpenToAll ? 0o755 : 0o644);
      },
    },
    entriesOf(directory),
  );
  const tar: Uint8Array | null = stream.read();
  // Stored, since what compression makes of the same bytes differs between processors and versions of zlib.
  return gzipSync(tar ?? new Uint8Array(), { level: 0 });
}

/** Everything below a directory but version control. The leading ./ keeps names such as @scope from having a meaning. */
function entriesOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((path) => !/(^|\/)\.git(\/|$)/.test(path))
    .sort()
    .map((path) => `./${path}`);
}
