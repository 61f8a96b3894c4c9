import http from "node:http";
import type { Socket } from "node:net";
import { connect as startTls } from "node:tls";
import type { HealthCheck } from "../account/account.ts";

/** Connects to a name or an address from the internet. */
export type Connect = (host: string, port: number) => Promise<Socket>;

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html */
const CONNECT_MS = 4_000;
const TCP_MS = 10_000;
const ANSWER_MS = 2_000;

/** Whether an endpoint answers a health check of Route 53: HTTP with a status from 200 to 399, TCP with a connection. Certificates are not looked at. */
export async function probe(check: HealthCheck, connect: Connect): Promise<boolean> {
  const { type, host, address } = check;
  const reached = address ?? host ?? "";
  const isEncrypted = type.startsWith("HTTPS");
  const port = check.port ?? (isEncrypted ? 443 : 80);
  let socket: Socket | undefined;
  try {
    socket = await within(type === "TCP" ? TCP_MS : CONNECT_MS, connect(reached, port));
    if (type === "TCP") return true;
    const status = await within(ANSWER_MS, statusOf(socket, check, host ?? reached, isEncrypted));
    return status >= 200 && status < 400;
  } catch {
    return false;
  } finally {
    socket?.destroy();
  }
}

function statusOf(socket: Socket, { path = "/" }: HealthCheck, host: string, isEncrypted: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const servername = /^[\d.]+$/.test(host) ? undefined : host;
    const line = isEncrypted
      ? startTls({ socket, rejectUnauthorized: false, ...(servername && { servername }) })
      : socket;
    line.once("error", reject);
    const headers = { Host: host, "User-Agent": "Amazon-Route53-Health-Check-Service", Connection: "close" };
    http
      .request({ createConnection: () => line, path, headers }, (response) =>
        resolve(response.resume().statusCode ?? 0),
      )
      .once("error", reject)
      .end();
  });
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("too late")), milliseconds);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
