/**
 * When AWS's standard support of an engine's major version ends. From the day after, it bills extended support for every vCPU.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html and
 * https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
const STANDARD_SUPPORT_ENDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mysql: { "5.7": "2024-02-29", "8.0": "2026-07-31", "8.4": "2029-07-31" },
  postgres: {
    11: "2024-03-31",
    12: "2025-02-28",
    13: "2026-02-28",
    14: "2027-02-28",
    15: "2028-02-29",
    16: "2029-02-28",
    17: "2030-02-28",
    18: "2031-02-28",
  },
};

/** After so many years it costs more. */
const FIRST_YEARS = 2;

/** Which price of extended support holds for a version on a day: none, that of the first two years, or that of the third. */
export function extendedSupport(engine: string, version: string, date: Date): "first-years" | "third-year" | undefined {
  const ends = STANDARD_SUPPORT_ENDS[engine]?.[majorOf(engine, version)];
  if (ends === undefined) return undefined;
  const end = new Date(ends);
  // The day itself is still supported.
  end.setUTCDate(end.getUTCDate() + 1);
  if (date < end) return undefined;
  end.setUTCFullYear(end.getUTCFullYear() + FIRST_YEARS);
  return date < end ? "first-years" : "third-year";
}

function majorOf(engine: string, version: string): string {
  const [major = "", minor = ""] = version.split(".");
  return engine === "mysql" ? `${major}.${minor}` : major;
}
