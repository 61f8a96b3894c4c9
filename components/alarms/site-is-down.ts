/** What the alarm that pages is called, in docs/alarms.md too. */
export const SITE_IS_DOWN = {
  name: "site-is-down",
  means: "Visitors are not served: no server is healthy on any way through the site, or the database takes no writes.",
  act: "Get up. Of the alarms it is made of, begin with the one deepest in the site: database, application, web.",
} as const;

export interface SiteParts {
  /**
   * Each way a request can take, by the names of the alarms of which any blocks it. The site is down when all ways are blocked: one that stands by
   * serves when the first does not.
   */
  readonly ways: readonly (readonly string[])[];
  /** Names of alarms of what all ways need. */
  readonly shared: readonly string[];
}

/** The rule as CloudWatch takes it. Source: CloudWatch user guide, creating a composite alarm. */
export function siteIsDownRule({ ways, shared }: SiteParts): string {
  const blocked = ways.map((names) => any(names.map(inAlarm)));
  return any([all(blocked), ...shared.map(inAlarm)]);
}

const inAlarm = (name: string) => `ALARM("${name}")`;
const any = (terms: readonly string[]) => bracket(terms, " OR ");
const all = (terms: readonly string[]) => bracket(terms, " AND ");
const bracket = (terms: readonly string[], word: string) =>
  terms.length === 1 ? `${terms[0]}` : `(${terms.join(word)})`;
