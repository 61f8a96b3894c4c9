import { X509Certificate } from "node:crypto";
import { accessSync, constants, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { createSecureContext } from "node:tls";

export interface Configuration {
  /** Name of the release, as the page shows it. Default `guest-book`. */
  readonly name: string;
  /** Address to listen on. Default `127.0.0.1`. */
  readonly host: string;
  /** TCP port to listen on; 0 takes any free one. Default 8080. */
  readonly port: number;
  /** How long to go on serving after SIGTERM while `/healthz` already says 503. Default 5. */
  readonly drainSeconds: number;
  /** Certificate and key files for HTTPS; plain HTTP when absent. */
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | undefined;
  readonly database: DatabaseConfiguration;
}

export interface DatabaseConfiguration {
  /** Takes writes. Default `localhost`. */
  readonly writerHost: string;
  /** Takes reads; when absent the writer does. */
  readonly readerHost: string | undefined;
  /** Default 3306. */
  readonly port: number;
  /** Default `app`. */
  readonly name: string;
  /** Default `app`. */
  readonly user: string;
  /** Read for each set of new connections, so that a rotated password needs no restart. */
  readonly passwordFile: string;
  /** PEM certificates to trust; the system's when absent. */
  readonly caFile: string | undefined;
  /** Names in this domain may be verified in the place of hosts that are aliases of them; none when absent. */
  readonly certificateDomain: string | undefined;
}

interface Problem {
  readonly variable: string;
  readonly rule: string;
  /** Absent where the value could be a secret. */
  readonly value?: string | undefined;
  readonly fix: string;
}

export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(problems: readonly Problem[]) {
    const count = problems.length === 1 ? "1 setting is wrong" : `${problems.length} settings are wrong`;
    super([`The application cannot start: ${count}.`, ...problems.map(describe)].join("\n\n"));
  }
}

function describe({ variable, rule, value, fix }: Problem): string {
  return [`${variable} ${rule}`, `  value: ${value === undefined ? "(not shown)" : value}`, `  fix:   ${fix}`].join(
    "\n",
  );
}

type Environment = Readonly<Record<string, string | undefined>>;

const DATABASE_VARIABLES = [
  "WRITER_HOST",
  "READER_HOST",
  "PORT",
  "NAME",
  "USER",
  "PASSWORD_FILE",
  "CA_FILE",
  "CERTIFICATE_DOMAIN",
].map((suffix) => `DATABASE_${suffix}`);
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const ADDRESS_LIKE = /^[0-9.]+$/;
const RELEASE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const DATABASE_WORD = /^[A-Za-z0-9_-]{1,32}$/;

/**
 * Reads the settings from environment variables. An empty variable counts as absent.
 * @throws ConfigurationError that lists every problem
 */
export function parseConfiguration(environment: Environment): Configuration {
  const problems: Problem[] = [];
  const given = (variable: string) => environment[variable] || undefined;
  const refuse = (variable: string, rule: string, fix: string) =>
    problems.push({ variable, rule, value: JSON.stringify(given(variable) ?? ""), fix });

  function text(variable: string, fallback: string, isValid: (value: string) => boolean, rule: string): string {
    const value = given(variable) ?? fallback;
    if (!isValid(value)) refuse(variable, rule, `set ${variable}=${fallback}, or leave it out`);
    return value;
  }

  function wholeNumber(variable: string, fallback: number, lowest: number, highest: number): number {
    const inRange = (value: string) => /^\d{1,9}$/.test(value) && Number(value) >= lowest && Number(value) <= highest;
    return Number(text(variable, String(fallback), inRange, `must be a whole number from ${lowest} to ${highest}.`));
  }

  function databaseHost(variable: string): string | undefined {
    const value = given(variable);
    if (value !== undefined && !isVerifiableHost(value)) {
      refuse(
        variable,
        "must be a host name, since the server's certificate is verified against it.",
        hostFix(variable),
      );
    }
    return value;
  }

  function file(variable: string, check: (path: string) => void, rule: string, fix: string): string | undefined {
    const path = given(variable);
    if (path === undefined) return undefined;
    try {
      check(path);
    } catch {
      refuse(variable, rule, fix);
    }
    return path;
  }

  function passwordFile(): string {
    const rule = "must name a file that this user can read and that holds the database password.";
    const fix =
      "write the password to a file of mode 0400 owned by this user and set DATABASE_PASSWORD_FILE to its path";
    const path = file("DATABASE_PASSWORD_FILE", refuseEmpty, rule, fix);
    if (path === undefined) refuse("DATABASE_PASSWORD_FILE", rule, fix);
    return path ?? "";
  }

  function tls(): Configuration["tls"] {
    const certificateFile = given("TLS_CERTIFICATE_FILE");
    const keyFile = given("TLS_KEY_FILE");
    if (certificateFile === undefined && keyFile === undefined) return undefined;
    if (certificateFile === undefined || keyFile === undefined) {
      const missing = keyFile === undefined ? "TLS_KEY_FILE" : "TLS_CERTIFICATE_FILE";
      refuse(
        missing,
        "must be set together with the other TLS file.",
        "set TLS_CERTIFICATE_FILE and TLS_KEY_FILE, or neither",
      );
      return undefined;
    }
    file(
      "TLS_CERTIFICATE_FILE",
      () => createSecureContext({ cert: readFileSync(certificateFile), key: readFileSync(keyFile) }),
      "must name a PEM certificate that fits the key in TLS_KEY_FILE, both readable.",
      "give a certificate and the key it was made for",
    );
    return { certificateFile, keyFile };
  }

  function certificateDomain(): string | undefined {
    const value = given("DATABASE_CERTIFICATE_DOMAIN");
    if (value !== undefined && !(HOST_NAME.test(value) && value.includes("."))) {
      const fix = "set DATABASE_CERTIFICATE_DOMAIN=eu-west-1.rds.amazonaws.com or another region, or leave it out";
      refuse("DATABASE_CERTIFICATE_DOMAIN", "must be a domain name.", fix);
    }
    return value;
  }

  const unknown = Object.keys(environment).filter(
    (variable) => variable.startsWith("DATABASE_") && !DATABASE_VARIABLES.includes(variable),
  );
  for (const variable of unknown.sort()) {
    const fix = `unset ${variable}; the settings are ${DATABASE_VARIABLES.join(", ")}`;
    problems.push({ variable, rule: "is not a setting of this application.", fix });
  }

  const configuration: Configuration = {
    name: text(
      "APP_NAME",
      "guest-book",
      (value) => RELEASE_NAME.test(value),
      "must be 1 to 64 letters, digits, dots, hyphens or underscores and begin with a letter or digit.",
    ),
    host: text("HOST", "127.0.0.1", (value) => isIP(value) !== 0, "must be an IP address to listen on."),
    port: wholeNumber("PORT", 8080, 0, 65535),
    drainSeconds: wholeNumber("DRAIN_SECONDS", 5, 0, 300),
    tls: tls(),
    database: {
      writerHost: databaseHost("DATABASE_WRITER_HOST") ?? "localhost",
      readerHost: databaseHost("DATABASE_READER_HOST"),
      port: wholeNumber("DATABASE_PORT", 3306, 1, 65535),
      name: text("DATABASE_NAME", "app", isDatabaseWord, "must be 1 to 32 letters, digits, hyphens or underscores."),
      user: text("DATABASE_USER", "app", isDatabaseWord, "must be 1 to 32 letters, digits, hyphens or underscores."),
      passwordFile: passwordFile(),
      caFile: file(
        "DATABASE_CA_FILE",
        (path) => new X509Certificate(readFileSync(path)),
        "must name a readable file of PEM certificates.",
        "set DATABASE_CA_FILE to the certificate of the database's CA, or leave it out to trust the system's CAs",
      ),
      certificateDomain: certificateDomain(),
    },
  };
  if (problems.length > 0) throw new ConfigurationError(problems);
  return configuration;
}

/**
 * mysql2 gives Node no name to verify when it connects to an address, and Node then takes `localhost`: right for the
 * loopback addresses only, so no other address is accepted.
 */
function isVerifiableHost(value: string): boolean {
  return value === "127.0.0.1" || value === "::1" || (HOST_NAME.test(value) && !ADDRESS_LIKE.test(value));
}

function hostFix(variable: string): string {
  const role = variable === "DATABASE_READER_HOST" ? "reader" : "writer";
  return `set ${variable} to a name in the database's certificate, such as ${role}.example.internal or localhost`;
}

function isDatabaseWord(value: string): boolean {
  return DATABASE_WORD.test(value);
}

function refuseEmpty(path: string): void {
  accessSync(path, constants.R_OK);
  if (readFileSync(path, "utf8").trimEnd() === "") throw new Error("empty");
}
