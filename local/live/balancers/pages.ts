import { word } from "./text.ts";

/** Whose answer it is, where a load balancer answers itself. */
const SERVER = "awselb/2.0";

const PHRASES = {
  301: "301 Moved Permanently",
  302: "302 Found",
  400: "400 Bad Request",
  502: "502 Bad Gateway",
  503: "503 Service Temporarily Unavailable",
  504: "504 Gateway Time-out",
} as const;

export type OwnStatus = keyof typeof PHRASES;

/** What a load balancer says with a status of its own. */
export function page(status: OwnStatus): string {
  const phrase = PHRASES[status];
  return [
    "<html>",
    `<head><title>${phrase}</title></head>`,
    "<body>",
    `<center><h1>${phrase}</h1></center>`,
    "</body>",
    "</html>",
    "",
  ].join("\r\n");
}

/** A rule by which HAProxy answers itself. */
export function answer(status: number, contentType: string, body: string, headers = ""): string {
  const more = headers === "" ? "" : ` ${headers}`;
  return `http-request return status ${status} content-type ${word(contentType)} hdr Server ${SERVER}${more} string ${word(body)}`;
}

/** Whole answers, by the status that HAProxy gives them: it says 503 where it cannot connect to a target, and AWS's load balancers 502. */
export const ERROR_PAGES: Readonly<Record<string, OwnStatus>> = { 400: 400, 502: 502, 503: 502, 504: 504 };

export function errorFile(status: OwnStatus): string {
  const body = page(status);
  const head = [
    `HTTP/1.1 ${PHRASES[status]}`,
    `Server: ${SERVER}`,
    "Content-Type: text/html",
    `Content-Length: ${body.length}`,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}
