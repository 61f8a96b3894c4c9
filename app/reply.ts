import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Html } from "./html.ts";
import { styleHash } from "./style.ts";

export interface Reply {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

/** The page needs one style sheet, inline, and a form that posts back; all else is forbidden. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src '${styleHash}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const COMMON_HEADERS: OutgoingHttpHeaders = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "Cross-Origin-Resource-Policy": "same-origin",
  // Stricter than this and browsers would send `Origin: null` with our own form.
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
};

export function page(status: number, body: Html, headers: OutgoingHttpHeaders = {}): Reply {
  return { status, headers: { "Content-Type": "text/html; charset=utf-8", ...headers }, body: body.toString() };
}

export function json(status: number, value: unknown, headers: OutgoingHttpHeaders = {}): Reply {
  return { status, headers: { "Content-Type": "application/json", ...headers }, body: `${JSON.stringify(value)}\n` };
}

/** 303 See Other: the browser follows with GET, so reloading does not post again. */
export function seeOther(location: string, headers: OutgoingHttpHeaders = {}): Reply {
  return { status: 303, headers: { Location: location, ...headers }, body: "" };
}

export function send(response: ServerResponse, reply: Reply): void {
  const length = { "Content-Length": Buffer.byteLength(reply.body) };
  response.writeHead(reply.status, { ...COMMON_HEADERS, ...reply.headers, ...length }).end(reply.body);
}
