import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { parseConfiguration } from "../../app/configuration.ts";

const directory = mkdtempSync(join(tmpdir(), "webstack-configuration-"));
test.after.always(() => rmSync(directory, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const passwordFile = file("password", "s3cret\n");
const emptyFile = file("empty", "\n");
const notPem = file("not.pem", "hello");
const absent = join(directory, "absent");

/** The whole message for an environment with a good password file and these changes. */
function refusal(environment: Record<string, string>): string {
  try {
    parseConfiguration({ DATABASE_PASSWORD_FILE: passwordFile, ...environment });
  } catch (error) {
    return (error as Error).message;
  }
  return "accepted";
}

const one = (text: string) => `The application cannot start: 1 setting is wrong.\n\n${text}`;

test("only the password file must be given", (t) => {
  t.deepEqual(parseConfiguration({ DATABASE_PASSWORD_FILE: passwordFile, PORT: "" }), {
    name: "guest-book",
    host: "127.0.0.1",
    port: 8080,
    drainSeconds: 5,
    tls: undefined,
    database: {
      writerHost: "localhost",
      readerHost: undefined,
      port: 3306,
      name: "app",
      user: "app",
      passwordFile,
      caFile: undefined,
      certificateDomain: undefined,
    },
  });
});

test("every setting can be given", (t) => {
  const given = {
    APP_NAME: "0123456789abcdef",
    HOST: "::",
    PORT: "0",
    DRAIN_SECONDS: "300",
    DATABASE_WRITER_HOST: "writer.example.internal",
    DATABASE_READER_HOST: "127.0.0.1",
    DATABASE_PORT: "65535",
    DATABASE_NAME: "guest_book",
    DATABASE_USER: "guest-book",
    DATABASE_PASSWORD_FILE: passwordFile,
    DATABASE_CERTIFICATE_DOMAIN: "eu-west-1.rds.amazonaws.com",
  };
  t.deepEqual(parseConfiguration(given), {
    name: "0123456789abcdef",
    host: "::",
    port: 0,
    drainSeconds: 300,
    tls: undefined,
    database: {
      writerHost: "writer.example.internal",
      readerHost: "127.0.0.1",
      port: 65535,
      name: "guest_book",
      user: "guest-book",
      passwordFile,
      caFile: undefined,
      certificateDomain: "eu-west-1.rds.amazonaws.com",
    },
  });
});

test("all problems are reported at once, in full, without the value of what may be a secret", (t) => {
  const environment = {
    APP_NAME: "<b>",
    HOST: "everywhere",
    PORT: "80a",
    DRAIN_SECONDS: "-1",
    TLS_CERTIFICATE_FILE: "/cert.pem",
    DATABASE_WRITER_HOST: "10.0.0.1",
    DATABASE_READER_HOST: "reader_1",
    DATABASE_PORT: "0",
    DATABASE_NAME: "a b",
    DATABASE_USER: "x'",
    DATABASE_CA_FILE: notPem,
    DATABASE_CERTIFICATE_DOMAIN: "amazonaws",
    DATABASE_PASSWORD: "hunter2",
    DATABASE_URL: "mysql://app:hunter2@db",
  };
  const settings =
    "DATABASE_WRITER_HOST, DATABASE_READER_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_USER, DATABASE_PASSWORD_FILE, DATABASE_CA_FILE, DATABASE_CERTIFICATE_DOMAIN";
  t.throws(() => parseConfiguration(environment), {
    name: "ConfigurationError",
    message: `The application cannot start: 15 settings are wrong.

DATABASE_PASSWORD is not a setting of this application.
  value: (not shown)
  fix:   unset DATABASE_PASSWORD; the settings are ${settings}

DATABASE_URL is not a setting of this application.
  value: (not shown)
  fix:   unset DATABASE_URL; the settings are ${settings}

APP_NAME must be 1 to 64 letters, digits, dots, hyphens or underscores and begin with a letter or digit.
  value: "<b>"
  fix:   set APP_NAME=guest-book, or leave it out

HOST must be an IP address to listen on.
  value: "everywhere"
  fix:   set HOST=127.0.0.1, or leave it out

PORT must be a whole number from 0 to 65535.
  value: "80a"
  fix:   set PORT=8080, or leave it out

DRAIN_SECONDS must be a whole number from 0 to 300.
  value: "-1"
  fix:   set DRAIN_SECONDS=5, or leave it out

TLS_KEY_FILE must be set together with the other TLS file.
  value: ""
  fix:   set TLS_CERTIFICATE_FILE and TLS_KEY_FILE, or neither

DATABASE_WRITER_HOST must be a host name, since the server's certificate is verified against it.
  value: "10.0.0.1"
  fix:   set DATABASE_WRITER_HOST to a name in the database's certificate, such as writer.example.internal or localhost

DATABASE_READER_HOST must be a host name, since the server's certificate is verified against it.
  value: "reader_1"
  fix:   set DATABASE_READER_HOST to a name in the database's certificate, such as reader.example.internal or localhost

DATABASE_PORT must be a whole number from 1 to 65535.
  value: "0"
  fix:   set DATABASE_PORT=3306, or leave it out

DATABASE_NAME must be 1 to 32 letters, digits, hyphens or underscores.
  value: "a b"
  fix:   set DATABASE_NAME=app, or leave it out

DATABASE_USER must be 1 to 32 letters, digits, hyphens or underscores.
  value: "x'"
  fix:   set DATABASE_USER=app, or leave it out

DATABASE_PASSWORD_FILE must name a file that this user can read and that holds the database password.
  value: ""
  fix:   write the password to a file of mode 0400 owned by this user and set DATABASE_PASSWORD_FILE to its path

DATABASE_CA_FILE must name a readable file of PEM certificates.
  value: "${notPem}"
  fix:   set DATABASE_CA_FILE to the certificate of the database's CA, or leave it out to trust the system's CAs

DATABASE_CERTIFICATE_DOMAIN must be a domain name.
  value: "amazonaws"
  fix:   set DATABASE_CERTIFICATE_DOMAIN=eu-west-1.rds.amazonaws.com or another region, or leave it out`,
  });
});

for (const [title, path] of [
  ["empty", emptyFile],
  ["absent", absent],
] as const) {
  test(`a password file that is ${title} is refused`, (t) => {
    t.is(
      refusal({ DATABASE_PASSWORD_FILE: path }),
      one(`DATABASE_PASSWORD_FILE must name a file that this user can read and that holds the database password.
  value: "${path}"
  fix:   write the password to a file of mode 0400 owned by this user and set DATABASE_PASSWORD_FILE to its path`),
    );
  });
}

test("TLS files that do not fit are refused without a word of their content", (t) => {
  t.is(
    refusal({ TLS_CERTIFICATE_FILE: notPem, TLS_KEY_FILE: passwordFile }),
    one(`TLS_CERTIFICATE_FILE must name a PEM certificate that fits the key in TLS_KEY_FILE, both readable.
  value: "${notPem}"
  fix:   give a certificate and the key it was made for`),
  );
  t.is(
    refusal({ TLS_KEY_FILE: passwordFile }),
    one(`TLS_CERTIFICATE_FILE must be set together with the other TLS file.
  value: ""
  fix:   set TLS_CERTIFICATE_FILE and TLS_KEY_FILE, or neither`),
  );
});

for (const host of ["writer.example.internal", "localhost", "127.0.0.1", "::1", "db-1", "a.b.c.d1"]) {
  test(`the database host ${host} is accepted`, (t) => t.is(refusal({ DATABASE_WRITER_HOST: host }), "accepted"));
}
for (const host of ["10.0.0.1", "127.0.0.2", "fd00::1", "-a.example", "a..b", "a b", "a/b", "x".repeat(64), "999.1"]) {
  test(`the database host ${host} is refused`, (t) => t.not(refusal({ DATABASE_WRITER_HOST: host }), "accepted"));
}
for (const port of ["65536", "1.5", "1e3", "0x10", " 1", "-1", "9999999999"]) {
  test(`the port ${JSON.stringify(port)} is refused`, (t) => t.not(refusal({ PORT: port }), "accepted"));
}
