import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

const REQUEST_ID = /^[A-Za-z0-9._:=;-]{1,128}$/;
const WEB_HOST = /^[A-Za-z0-9.-]{1,253}$/;

/** The caller's `X-Request-Id` if it is harmless in a log, else a new one. */
export function requestId(headers: IncomingHttpHeaders): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
}

/** The web server that passed the request on, by the `X-Web-Host` header that it sets. */
export function webHost(headers: IncomingHttpHeaders): string {
  const given = headers["x-web-host"];
  return typeof given === "string" && WEB_HOST.test(given) ? given : "direct";
}

export function isHttps(request: IncomingMessage): boolean {
  return "encrypted" in request.socket || request.headers["x-forwarded-proto"] === "https";
}

/**
 * Whether a browser may have sent this request from a page of another site. Browsers tell by `Sec-Fetch-Site`, and where
 * they do not (plain HTTP, older ones), by `Origin`; a client that sends neither is not a browser.
 * Only host names are compared, since a web server in front may drop the port from `Host`.
 */
export function isCrossOrigin(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  if (headers.origin === undefined) return false;
  const origin = hostName(headers.origin);
  return origin === undefined || origin !== hostName(`http://${headers.host}`);
}

function hostName(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

export function cookie(headers: IncomingHttpHeaders, name: string): string | undefined {
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Reads the body as text, or gives `undefined` if it has more than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Reading on past the limit, without keeping, lets the client see the refusal instead of a reset connection.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size <= limit ? Buffer.concat(chunks).toString("utf8") : undefined;
}
