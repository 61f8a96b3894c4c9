import type { Unsupported } from "../account/account.ts";

/** What RDS sets itself, and a parameter group may not. */
const OWN = new Set([
  "basedir",
  "bind_address",
  "datadir",
  "gtid_domain_id",
  "gtid_mode",
  "gtid_strict_mode",
  "enforce_gtid_consistency",
  "log_bin",
  "log_error",
  "pid_file",
  "plugin_dir",
  "port",
  "read_only",
  "server_id",
  "skip_networking",
  "socket",
  "super_read_only",
  "tmpdir",
]);

const RESERVED = /^(ssl|tls_(cert|key|ca)|user$)/;

export interface SortedParameters {
  /** Those that the server is to have. Which of them it knows is seen when it runs. */
  readonly wanted: Readonly<Record<string, string>>;
  readonly refused: readonly Unsupported[];
}

/** Sorts what a parameter group sets. */
export function sortParameters(identifier: string, parameters: Readonly<Record<string, string>>): SortedParameters {
  const wanted: Record<string, string> = {};
  const refused: Unsupported[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    const why = reasonAgainst(name, value);
    if (why === undefined) wanted[name] = value;
    else refused.push(notHad(identifier, name, why));
  }
  return { wanted, refused };
}

function reasonAgainst(name: string, value: string): string | undefined {
  if (!/^[a-z][a-z0-9_]*$/i.test(name) || /[\n\r]/.test(value)) return "MariaDB could not be told";
  if (OWN.has(name) || RESERVED.test(name)) return "here make live sets it, as RDS does";
  // A formula of RDS's own, such as {DBInstanceClassMemory*3/4}.
  if (value.includes("{")) return `its value, ${value}, follows from an instance class, and here there is none`;
  return undefined;
}

/** Those that MariaDB does not know, mostly because only MySQL has them. */
export function unknownParameters(
  identifier: string,
  wanted: Readonly<Record<string, string>>,
  known: ReadonlySet<string>,
): Unsupported[] {
  return Object.keys(wanted)
    .filter((name) => !known.has(name.toLowerCase()))
    .map((name) => notHad(identifier, name, "MariaDB, which stands for the engine here, does not know it"));
}

export const notHad = (identifier: string, name: string, why: string): Unsupported => ({
  what: `parameter ${name} of database ${identifier}`,
  why,
});

/** A value as a statement takes it: variables that are numbers take no text. */
export const literal = (value: string): string | number => (/^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value);
