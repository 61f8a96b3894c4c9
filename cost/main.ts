/** `webstack-cost`: what the change in a preview costs per month. */
import { parseArgs } from "node:util";
import { input } from "../plan/input.ts";
import { Refusal } from "../plan/refusal.ts";
import { isDenied } from "./budget/check.ts";
import { FORMATS, type Format, previewCost } from "./preview-cost.ts";

const HELP = `webstack-cost [FILE] [OPTION...]

Prints what the change in FILE costs per month: before, after and difference. FILE is what one of these prints,
and standard input where it is missing or '-':

  pulumi preview --json --show-sames
  pulumi stack export

  --format FORMAT   table (default), json or markdown
  --usage FILE      what a month is expected to bring, as YAML
  --budget FILE     what may be spent, as YAML
  --region REGION   where resources are of which the plan does not say it
  --hours N         hours per month in which machines and databases run (default 730)
  --account         take off what an account gets for nothing or cheaper, as if nothing else ran in it
  --date DATE       YYYY-MM-DD, the day that the bill is for (default today)

Exit codes: 0 also with warnings, 1 when nothing could be estimated, 3 when a budget is exceeded that denies.
`;

/** What a budget that denies ends with. */
const DENIED = 3;

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const { values, file } = argumentsGiven();
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { text, verdicts } = await previewCost(await input(file), {
    format: formatOf(values.format),
    usageFile: values.usage,
    budgetFile: values.budget,
    region: values.region,
    runningHours: hoursOf(values.hours),
    account: values.account,
    date: dateOf(values.date),
  });
  process.stdout.write(text);
  return isDenied(verdicts) ? DENIED : 0;
}

function argumentsGiven() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        format: { type: "string", default: "table" },
        usage: { type: "string" },
        budget: { type: "string" },
        region: { type: "string" },
        hours: { type: "string" },
        account: { type: "boolean", default: false },
        date: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const [file = "-", ...more] = positionals;
    if (more.length > 0) throw new Refusal(`there is one file too many: ${more.join(" ")}. See --help.`);
    return { values, file };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${(error as Error).message} See --help.`);
  }
}

function formatOf(given: string): Format {
  const format = FORMATS.find((known) => known === given);
  if (format === undefined) throw new Refusal(`--format is '${given}'. It must be ${FORMATS.join(", ")}.`);
  return format;
}

function hoursOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const hours = Number(given);
  if (given.trim() === "" || !(hours >= 0 && hours <= 744)) {
    throw new Refusal(`--hours is '${given}'. It must be a number of hours in a month, 0 to 744.`);
  }
  return hours;
}

function dateOf(given: string | undefined): Date | undefined {
  if (given === undefined) return undefined;
  const date = new Date(`${given}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given) || Number.isNaN(date.getTime())) {
    throw new Refusal(`--date is '${given}'. It must be a day as YYYY-MM-DD.`);
  }
  return date;
}
