import type { MachineFile } from "./cloud-config.ts";
import { script, unit } from "./files.ts";

/** An artifact in S3 and how to tell that it is the right one. */
export interface ReleaseLocation {
  readonly bucket: string;
  readonly key: string;
  /** What the directory on the machine is called. */
  readonly name: string;
  /** SHA-256 of the artifact in hexadecimal. */
  readonly digest: string;
}

/** What the machine is told of its release. */
export const releaseVariables = ({ bucket, key, name, digest }: ReleaseLocation) => ({
  RELEASE_BUCKET: bucket,
  RELEASE_KEY: key,
  RELEASE_NAME: name,
  RELEASE_DIGEST: digest,
});

/** What fetches the release and runs it. */
export const releaseFiles = (): MachineFile[] => [
  unit("webstack-release.service"),
  unit("webstack-app.service"),
  script("fetch-release"),
];
