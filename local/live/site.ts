import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Account, Balancer } from "./account/account.ts";
import type { Internet } from "./outside/internet.ts";

/** The site of a stack, as its visitors know it. */
export interface Site {
  /** The name of the public zone. */
  readonly domain: string;
  readonly certificate: SiteCertificate;
}

/**
 * Who vouches for what visitors get by HTTPS: `authority` where a load balancer shows it, which the authorities of the run verify; `nobody` where visitors
 * reach a server itself, which made its own; `none` where load balancers speak HTTP alone.
 */
export type SiteCertificate = "authority" | "nobody" | "none";

export function siteOf({ zones, balancers }: Account): Site | undefined {
  const domain = zones.find(({ networkIds }) => networkIds === undefined)?.name;
  return domain === undefined ? undefined : { domain, certificate: certificateOf(balancers) };
}

function certificateOf(balancers: readonly Balancer[]): SiteCertificate {
  const facing = balancers.filter(({ scheme }) => scheme === "internet-facing");
  if (facing.length === 0) return "nobody";
  return facing.some(({ listeners }) => listeners.some(({ protocol }) => protocol === "HTTPS")) ? "authority" : "none";
}

const ANSWER_MS = 5_000;

/** Asks the site for its page as a visitor does, by HTTPS where its certificate can be verified. Answers with what is wrong, or with nothing. */
export async function whatIsWrong(
  internet: Internet,
  { domain, certificate }: Site,
  authorities: string,
): Promise<string | undefined> {
  const isEncrypted = certificate === "authority";
  let plain: Socket | undefined;
  try {
    plain = await internet.connect(domain, isEncrypted ? 443 : 80);
    const socket = isEncrypted ? connectTls({ socket: plain, servername: domain, ca: authorities }) : plain;
    socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error(`no answer within ${ANSWER_MS / 1_000} seconds`)));
    // Who ends his side first is a visitor that has gone to nginx.
    socket.write(`GET / HTTP/1.1\r\nHost: ${domain}\r\nConnection: close\r\n\r\n`);
    let answer = "";
    for await (const chunk of socket) answer += chunk;
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
    return status < 500 ? undefined : `it answers ${status || "no HTTP"}`;
  } catch (error) {
    return (error as Error).message;
  } finally {
    plain?.destroy();
  }
}
