import { createReadStream, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse, request as send } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { join, normalize } from "node:path";
import { pipeline } from "node:stream";
import { createSecureContext, type SecureContext } from "node:tls";
import type { Authority } from "./authority.ts";
import { archiveOf } from "./base.ts";

export interface FrontOptions {
  /** Of the emulator. */
  readonly endpoint: string;
  readonly authority: Authority;
  /** See {@link base}. */
  readonly base: string;
}

export interface Front {
  /** To be handed connections by `server.emit("connection", socket)`: what comes to port 80 of AWS's addresses, and to port 443. */
  readonly http: Server;
  readonly https: Server;
  /** Host names outside of AWS's domains that lead here too: of Debian's archive. */
  readonly hosts: readonly string[];
}

/** What AWS publishes and this run does not have. Machines are told at once that it is not there, and say so in their logs. */
export const NOT_HERE = [
  { what: "the agent for SSM sessions", bucket: /^amazon-ssm-/ },
  { what: "the CloudWatch agent", bucket: /^amazoncloudwatch-agent(-|$)/ },
] as const;

const AWS = /\.(amazonaws\.com(\.cn)?|api\.aws)$/;

/** Who vouches for databases. Source: RDS user guide, certificate bundles by AWS Region. */
const TRUST_STORE =
  /^(truststore\.pki(\.us-gov-west-1)?\.rds\.amazonaws\.com|rds-truststore\.s3\.cn-north-1\.amazonaws\.com\.cn)$/;

/** The bucket, in the name of the host or first in the path. */
const BUCKET_HOST = /^(.+)\.s3[.-]([a-z0-9-]+\.)?(dualstack\.[a-z0-9-]+\.)?amazonaws\.com(\.cn)?$/;
const S3_HOST = /^s3[.-]([a-z0-9-]+\.)?(dualstack\.[a-z0-9-]+\.)?amazonaws\.com(\.cn)?$/;

/**
 * AWS's endpoints as machines see them. The host that was asked for stays in the request, since the emulator goes by it. Debian's archive is answered from
 * the mirror of the base: its index is the real one, with its signature, and of its packages it has those that machines install.
 */
export function front({ endpoint, authority, base }: FrontOptions): Front {
  const emulator = new URL(endpoint);
  const archive = archiveOf(base);
  const contexts = new Map<string, Promise<SecureContext>>();

  async function contextFor(name: string): Promise<SecureContext> {
    if (!AWS.test(name) && name !== archive.hostname) throw new Error(`${name} is no name of AWS's.`);
    const { certificate, key } = await authority.issue([name]);
    return createSecureContext({ cert: certificate, key });
  }

  function respond(request: IncomingMessage, response: ServerResponse): ServerResponse {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    const path = (request.url ?? "/").replace(/\?.*$/, "");
    if (host === archive.hostname) return mirrored(request, response, path);
    if (!AWS.test(host)) return refuse(response, 421, `${host} is not an endpoint of AWS.`);
    if (TRUST_STORE.test(host)) {
      if (!/^\/[a-z0-9-]+\/[a-z0-9-]+-bundle\.pem$/.test(path)) return missing(response, path);
      return give(response, 200, "application/x-pem-file", authority.certificate);
    }
    const bucket = BUCKET_HOST.exec(host)?.[1] ?? (S3_HOST.test(host) ? path.split("/")[1] : undefined);
    if (bucket !== undefined && NOT_HERE.some((each) => each.bucket.test(bucket))) return missing(response, path);
    return pass(request, response);
  }

  function pass(request: IncomingMessage, response: ServerResponse): ServerResponse {
    const { hostname, port } = emulator;
    const onward = send(
      { host: hostname, port, method: request.method, path: request.url, headers: request.headers, setHost: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        pipeline(answer, response, () => {});
      },
    );
    onward.on("error", (error) => refuse(response, 503, `The emulated AWS API does not answer: ${error.message}`));
    pipeline(request, onward, () => {});
    return response;
  }

  function mirrored(request: IncomingMessage, response: ServerResponse, path: string): ServerResponse {
    const within = normalize(decodeURIComponent(path)).replace(archive.pathname, "");
    const release = /^dists\/([^/]+)\/InRelease$/.exec(within)?.[1];
    const file =
      release === undefined
        ? within
        : `${archive.hostname}${archive.pathname.replaceAll("/", "_")}dists_${release}_InRelease`;
    const found = statOf(join(base, "mirror", file));
    if (found === undefined) {
      return refuse(
        response,
        404,
        `${within} is not among the packages of make live: see local/live/machines/packages.ts.`,
      );
    }
    const modified = new Date(Math.floor(found.mtimeMs / 1_000) * 1_000);
    if (new Date(request.headers["if-modified-since"] ?? 0) >= modified) {
      return response.writeHead(304).end();
    }
    response.writeHead(200, { "content-length": found.size, "last-modified": modified.toUTCString() });
    pipeline(createReadStream(join(base, "mirror", file)), response, () => {});
    return response;
  }

  return {
    http: createServer(respond),
    https: createTlsServer(
      {
        SNICallback: (name, done) => {
          const context = contexts.get(name) ?? contextFor(name);
          contexts.set(name, context);
          context.then((made) => done(null, made), done);
        },
      },
      respond,
    ),
    hosts: [archive.hostname],
  };
}

function statOf(file: string) {
  try {
    const found = statSync(file);
    return found.isFile() ? found : undefined;
  } catch {
    return undefined;
  }
}

function missing(response: ServerResponse, path: string): ServerResponse {
  const key = path.replaceAll(/[<>&]/g, "");
  const error = `<Error><Code>NoSuchKey</Code><Message>make live does not have what AWS publishes here.</Message><Key>${key}</Key></Error>`;
  return give(response, 404, "application/xml", `<?xml version="1.0" encoding="UTF-8"?>\n${error}\n`);
}

const refuse = (response: ServerResponse, status: number, message: string) =>
  give(response, status, "text/plain", `${message}\n`);

function give(response: ServerResponse, status: number, type: string, body: string): ServerResponse {
  if (response.headersSent) return response.destroy();
  return response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) }).end(body);
}
