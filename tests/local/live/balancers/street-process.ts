/** Servers and clients in a network namespace, for the process outside that started this one (see street.ts). */
import http, { type IncomingHttpHeaders } from "node:http";
import https from "node:https";
import type { Server } from "node:net";

export interface Behaviour {
  readonly status?: number;
  readonly delayMs?: number;
}

export type Order =
  | { readonly do: "open"; readonly port: number; readonly tls?: { readonly cert: string; readonly key: string } }
  | { readonly do: "close"; readonly port: number }
  | { readonly do: "behave"; readonly port: number; readonly path: string; readonly as: Behaviour }
  | {
      readonly do: "ask";
      readonly url: string;
      readonly method?: string;
      readonly headers?: Record<string, string>;
      readonly serverName?: string;
      /** Of a client that keeps its connection open from one request to the next. @default none */
      readonly client?: string;
    };

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Of the certificate that the server showed. */
  readonly commonName?: string;
}

const servers = new Map<number, Server & { closeAllConnections(): void }>();
const behaviours = new Map<string, Behaviour>();
const clients = new Map<string, http.Agent>();

async function carryOut(order: Order): Promise<Answer | undefined> {
  switch (order.do) {
    case "open":
      return void (await open(order.port, order.tls));
    case "close": {
      const server = servers.get(order.port);
      server?.closeAllConnections();
      return void (await new Promise((resolve) => server?.close(resolve)));
    }
    case "behave":
      return void behaviours.set(`${order.port} ${order.path}`, order.as);
    case "ask":
      return ask(order);
  }
}

/** Each server tells its port and what it was asked. */
async function open(port: number, tls?: { cert: string; key: string }): Promise<void> {
  const listener: http.RequestListener = (request, response) => {
    const { status = 200, delayMs = 0 } = behaviours.get(`${port} ${request.url}`) ?? {};
    const body = JSON.stringify({ port, url: request.url, headers: request.headers });
    setTimeout(() => response.writeHead(status, { Server: "target" }).end(body), delayMs);
  };
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  servers.set(port, server);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
}

function ask({ url, method = "GET", headers = {}, serverName, client }: Order & { do: "ask" }): Promise<Answer> {
  const tls = { rejectUnauthorized: false, ...(serverName && { servername: serverName }) };
  return new Promise((resolve, reject) => {
    const request = (url.startsWith("https") ? https : http).request(
      url,
      { method, headers, agent: agentOf(client), ...tls },
      (response) => {
        let body = "";
        const shown =
          "getPeerCertificate" in response.socket
            ? (response.socket as import("node:tls").TLSSocket).getPeerCertificate()
            : undefined;
        response.setEncoding("utf8").on("data", (data) => {
          body += data;
        });
        response.on("end", () => {
          const commonName = shown?.subject?.CN as string | undefined;
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body,
            ...(commonName && { commonName }),
          });
        });
        response.on("error", reject);
      },
    );
    request.on("error", reject).end();
  });
}

function agentOf(client: string | undefined): http.Agent | false {
  if (client === undefined) return false;
  const agent = clients.get(client) ?? new http.Agent({ keepAlive: true, maxSockets: 1 });
  clients.set(client, agent);
  return agent;
}

process.on("message", ({ id, order }: { id: number; order: Order }) => {
  carryOut(order).then(
    (answer) => process.send?.({ id, answer }),
    (error: Error) => process.send?.({ id, error: error.message }),
  );
});
process.on("disconnect", () => process.exit());
