/** What `make live` leaves running: supervisor-main.ts ROOT LOCAL-DIRECTORY ENVIRONMENT. It ends, with all that it runs, when it is told to. */
import { cloudFiles, readJson, readText } from "../cloud/files.ts";
import { credentials } from "../cloud/identity.ts";
import { tryLock, unlock } from "../cloud/lock.ts";
import { OWNER, whenOwnerIsGone } from "../cloud/owner.ts";
import { findEnvironment } from "../stack/project.ts";
import { configuredRegion } from "../stack/stack-file.ts";
import { liveFiles } from "./files.ts";
import { live } from "./live.ts";

const [root = "", localDir = "", environment = ""] = process.argv.slice(2);
const { project, directory, stackFile } = findEnvironment(root, environment, localDir);
const files = liveFiles(directory);
const cloud = readJson(cloudFiles(localDir).cloud) as { endpoint: string; region: string } | undefined;

if (cloud === undefined) stop(`there is no cloud yet: start one, and a stack on it, with make up ENV=${environment}.`);
if (!tryLock(files.lock)) stop(`${environment} is live already.`);

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => ending.abort());
whenOwnerIsGone(process.env[OWNER], () => ending.abort());
try {
  const { endpoint } = cloud;
  // The cloud names the region of whichever environment was at work last.
  const region = configuredRegion(readText(stackFile) ?? "") ?? cloud.region;
  await live({ files, scope: { project, environment }, client: { endpoint, region, credentials } }, ending.signal);
} catch (error) {
  console.error(`error: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  unlock(files.lock);
}
process.exit();

function stop(message: string): never {
  console.error(`error: ${message}`);
  process.exit(1);
}
