/** `webstack-cost`: what the change in a preview costs per month. */
import { argumentsGiven, dateOf, runCommand } from "../plan/command.ts";
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

const OPTIONS = {
  format: { type: "string", default: "table" },
  usage: { type: "string" },
  budget: { type: "string" },
  region: { type: "string" },
  hours: { type: "string" },
  account: { type: "boolean", default: false },
  date: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

await runCommand(main);

async function main(): Promise<number> {
  const { values, file } = argumentsGiven(OPTIONS);
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
