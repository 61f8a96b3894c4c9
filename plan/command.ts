/** What the commands that read a plan have in common: `webstack-cost` and `webstack-review`. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { Refusal } from "./refusal.ts";

/** Runs a command and ends with its exit code, or with 1 and the message where it refuses. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  }
}

/** The options given, and the one file, which is standard input where none is named. */
export function argumentsGiven<Options extends NonNullable<ParseArgsConfig["options"]>>(options: Options) {
  const { values, positionals } = parsed(options);
  const [file = "-", ...more] = positionals;
  if (more.length > 0) throw new Refusal(`there is one file too many: ${more.join(" ")}. See --help.`);
  return { values, file };
}

function parsed<Options extends NonNullable<ParseArgsConfig["options"]>>(options: Options) {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw new Refusal(`${(error as Error).message} See --help.`);
  }
}

/** The day that `--date` names, at midnight UTC. */
export function dateOf(given: string | undefined): Date | undefined {
  if (given === undefined) return undefined;
  const date = new Date(`${given}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given) || Number.isNaN(date.getTime())) {
    throw new Refusal(`--date is '${given}'. It must be a day as YYYY-MM-DD.`);
  }
  return date;
}
