import type { IncomingHttpHeaders } from "node:http";
import { type RequestOptions, request } from "node:https";
import { connect, type SecureVersion } from "node:tls";

export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks over HTTPS on a connection of its own, and verifies who answers as `servername`. */
export function ask({ body = "", ...options }: RequestOptions & { readonly body?: string }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", agent: false, ...options }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
    });
    sent.on("error", reject).end(body);
  });
}

/** Whether a server on this machine does not speak a version of TLS. */
export function isRefused(port: number, version: SecureVersion): Promise<boolean> {
  return new Promise((resolve) => {
    const versions = { minVersion: version, maxVersion: version };
    // Without this the client itself would leave out what is old.
    const ciphers = "DEFAULT@SECLEVEL=0";
    const socket = connect({ host: "127.0.0.1", port, ...versions, ciphers, rejectUnauthorized: false }, () => {
      socket.destroy();
      resolve(false);
    });
    socket.on("error", () => resolve(true));
  });
}
