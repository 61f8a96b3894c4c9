/**
 * reconcile.ts JOURNAL: reads an exported state from standard input and writes, as JSON, the state to go on from and what
 * was done about the difference. A process of its own, because the provider finds its API by environment variables.
 */
import { json } from "node:stream/consumers";
import { recover } from "../provider/aws/recover.ts";
import type { ExportedState } from "./local-stack.ts";

const [journal = ""] = process.argv.slice(2);
try {
  const reconciled = await recover(journal, (await json(process.stdin)) as ExportedState);
  process.stdout.write(JSON.stringify(reconciled));
} catch (error) {
  process.stderr.write((error as Error).message);
  process.exitCode = 1;
}
