import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import { createApplication } from "./application.ts";
import { type Configuration, ConfigurationError, parseConfiguration } from "./configuration.ts";
import { Database } from "./database.ts";
import { drainOnSignal } from "./drain.ts";
import { GuestBook } from "./guest-book.ts";
import { createHealthCheck } from "./health.ts";
import { createLog, errorFields } from "./log.ts";
import { createRoutes } from "./routes.ts";
import { prepareSchema } from "./schema.ts";

/** `EX_CONFIG` of sysexits.h: a service manager need not try again. */
const EXIT_CONFIGURATION = 78;

/** Longer than web servers and balancers keep idle connections (60 s is usual), so that they close first. */
const KEEP_ALIVE_MILLISECONDS = 75_000;
const HEADERS_MILLISECONDS = 10_000;
const REQUEST_MILLISECONDS = 20_000;
const PING_MILLISECONDS = 800;

function run(configuration: Configuration): void {
  const log = createLog((line) => process.stdout.write(line));
  process.on("uncaughtExceptionMonitor", (error) => log.error("unexpected error", errorFields(error)));

  const database = new Database(configuration.database, log);
  const stopping = new AbortController();
  let schemaReady = false;
  prepareSchema(database, log, stopping.signal).then(
    () => {
      schemaReady = true;
    },
    () => log.info("schema was not ready when the application stopped"),
  );

  const server = createHttpServer(configuration.tls);
  const close = () => {
    stopping.abort();
    return database.close();
  };
  const isDraining = drainOnSignal({ server, seconds: configuration.drainSeconds, close, log });
  const pingWriter = () =>
    database.write((connection) => connection.execute("SELECT 1"), { timeoutMilliseconds: PING_MILLISECONDS });
  const routes = createRoutes({
    release: configuration.name,
    hostName: hostname(),
    database,
    guestBook: new GuestBook(database),
    checkHealth: createHealthCheck({ isDraining, isSchemaReady: () => schemaReady, pingWriter }),
    isDraining,
  });
  server.on("request", createApplication({ routes, log, isDraining }));
  server.listen(configuration.port, configuration.host, () => {
    const { address, port } = server.address() as AddressInfo;
    log.info("listening", { release: configuration.name, address, port, node: process.version });
  });
}

function createHttpServer(tls: Configuration["tls"]): Server {
  const timeouts = {
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    headersTimeout: HEADERS_MILLISECONDS,
    requestTimeout: REQUEST_MILLISECONDS,
  };
  if (tls === undefined) return createServer(timeouts);
  const cert = readFileSync(tls.certificateFile);
  return createTlsServer({ ...timeouts, cert, key: readFileSync(tls.keyFile), minVersion: "TLSv1.2" });
}

try {
  run(parseConfiguration(process.env));
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_CONFIGURATION;
}
