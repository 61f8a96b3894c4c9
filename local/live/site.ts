import { connect as connectTls } from "node:tls";
import type { Account } from "./account/account.ts";
import type { Internet } from "./outside/internet.ts";

/** The site of a stack, as its visitors know it. */
export interface Site {
  readonly domain: string;
  readonly isEncrypted: boolean;
}

/** The name of the public zone, and whether a load balancer that visitors reach speaks HTTPS. */
export function siteOf({ zones, balancers }: Account): Site | undefined {
  const domain = zones.find(({ networkIds }) => networkIds === undefined)?.name;
  const isEncrypted = balancers.some(
    ({ scheme, listeners }) => scheme === "internet-facing" && listeners.some(({ protocol }) => protocol === "HTTPS"),
  );
  return domain === undefined ? undefined : { domain, isEncrypted };
}

const ANSWER_MS = 5_000;

/** Asks the site for its page as a visitor does, who verifies its certificate. Answers with what is wrong, or with nothing. */
export async function whatIsWrong(
  internet: Internet,
  { domain, isEncrypted }: Site,
  authorities: string,
): Promise<string | undefined> {
  try {
    const plain = await internet.connect(domain, isEncrypted ? 443 : 80);
    const socket = isEncrypted ? connectTls({ socket: plain, servername: domain, ca: authorities }) : plain;
    socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error(`no answer within ${ANSWER_MS / 1_000} seconds`)));
    socket.end(`GET / HTTP/1.1\r\nHost: ${domain}\r\nConnection: close\r\n\r\n`);
    let answer = "";
    for await (const chunk of socket) answer += chunk;
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
    return status < 500 ? undefined : `it answers ${status || "no HTTP"}`;
  } catch (error) {
    return (error as Error).message;
  }
}
