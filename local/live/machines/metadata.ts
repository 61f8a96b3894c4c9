import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Account, Machine } from "../account/account.ts";
import { type Entry, type Folder, identityDocument, metaData, type RoleCredentials } from "./metadata-tree.ts";

export interface MetadataOptions {
  /** The account as it is now. */
  readonly account: () => Account;
  /** Of a machine's own role. */
  readonly credentialsOf: (machine: Machine) => Promise<RoleCredentials>;
  /** In milliseconds. @default the clock */
  readonly now?: () => number;
}

const TTL_HEADER = "x-aws-ec2-metadata-token-ttl-seconds";
const TOKEN_HEADER = "x-aws-ec2-metadata-token";

/** Source: EC2 user guide, how the instance metadata service version 2 works. */
const MOST_TTL_SECONDS = 21_600;

/**
 * The instance metadata service, version 2 only, as an instance reaches it at 169.254.169.254: a token is had by PUT and belongs to the instance that
 * asked, and nothing is said without one. Who asks is told by the address that the request comes from. The hop limit of the answer is the host's, so a
 * container on a machine gets a token where AWS would drop it.
 */
export function metadataService({ account, credentialsOf, now = Date.now }: MetadataOptions): RequestListener {
  const tokens = new Map<string, { readonly address: string; readonly expires: number }>();

  function issue(request: IncomingMessage, response: ServerResponse, address: string): ServerResponse {
    const text = String(request.headers[TTL_HEADER] ?? "");
    const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    if (seconds < 1 || seconds > MOST_TTL_SECONDS) return answer(response, 400);
    // So that nobody gets at it through a proxy that was left open.
    if (request.headers["x-forwarded-for"] !== undefined) return answer(response, 403);
    for (const [token, { expires }] of tokens) if (expires <= now()) tokens.delete(token);
    const token = randomBytes(42).toString("base64url");
    tokens.set(token, { address, expires: now() + seconds * 1_000 });
    response.setHeader(TTL_HEADER, seconds);
    return answer(response, 200, token);
  }

  function isKnown(request: IncomingMessage, address: string): boolean {
    const token = tokens.get(String(request.headers[TOKEN_HEADER] ?? ""));
    return token !== undefined && token.address === address && token.expires > now();
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<ServerResponse> {
    const address = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
    const place = account();
    const machine = place.machines.find((each) => each.address === address);
    if (machine === undefined) return answer(response, 404);
    const path = new URL(request.url ?? "/", "http://metadata").pathname;

    if (path === "/latest/api/token") {
      return request.method === "PUT" ? issue(request, response, address) : answer(response, 405);
    }
    if (!isKnown(request, address)) return answer(response, 401);
    if (request.method !== "GET" && request.method !== "HEAD") return answer(response, 405);

    const [version = "", ...names] = path.split("/").filter(Boolean).map(decodeURIComponent);
    if (!/^(latest|\d{4}-\d{2}-\d{2}|1\.0)$/.test(version)) return answer(response, 404);
    if (names.length === 1 && names[0] === "user-data") {
      return machine.userData.length > 0 ? answer(response, 200, machine.userData) : answer(response, 404);
    }
    const root: Folder = {
      dynamic: { "instance-identity": { document: identityDocument(machine, place) } },
      "meta-data": metaData(machine, place, credentialsOf),
    };
    const entry = find(root, names);
    if (entry === undefined) return answer(response, 404);
    if (typeof entry === "string") return answer(response, 200, entry);
    if (typeof entry === "function") return answer(response, 200, await entry());
    return answer(response, 200, names.length === 0 ? "dynamic\nmeta-data\nuser-data" : list(entry));
  }

  return (request, response) => {
    request.resume();
    respond(request, response).catch((error: Error) => answer(response, 500, error.message));
  };
}

function find(root: Folder, names: readonly string[]): Entry | undefined {
  let entry: Entry | undefined = root;
  for (const name of names) {
    if (entry === undefined || typeof entry === "string" || typeof entry === "function") return undefined;
    entry = Object.hasOwn(entry, name) ? entry[name] : undefined;
  }
  return entry;
}

/** Folders end with a slash. */
function list(folder: Folder): string {
  return Object.entries(folder)
    .map(([name, entry]) => (typeof entry === "object" ? `${name}/` : name))
    .join("\n");
}

function answer(response: ServerResponse, status: number, body: string | Buffer = ""): ServerResponse {
  const bytes = Buffer.from(body);
  response.writeHead(status, { "content-type": "text/plain", "content-length": bytes.length, server: "EC2ws" });
  return response.end(bytes);
}
