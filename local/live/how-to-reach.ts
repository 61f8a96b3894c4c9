import type { LiveDocument } from "./document.ts";
import type { Reach } from "./outside/loopback.ts";

/** What to try, for people. */
export function howToReach(live: LiveDocument, environment: string): string {
  const { domain, machines } = live;
  const [machine] = machines;
  return [
    // An account without a public zone has no site.
    ...(domain === "" ? [] : siteOf(live)),
    ...(machine
      ? [
          `a shell  make live-shell ENV=${environment} MACHINE=${machine.name}`,
          `a fault  make live-kill ENV=${environment} MACHINE=${machine.name}`,
        ]
      : []),
    `the end  make live-down ENV=${environment}`,
  ].join("\n");
}

function siteOf(live: LiveDocument): string[] {
  const { http, dns, domain } = live;
  return [
    ...httpsOf(live),
    `HTTP     curl ${resolved(domain, http)} http://${domain}:${http.port}/`,
    `DNS      dig @${dns.address} -p ${dns.port} ${domain}`,
    browserOf(live),
  ];
}

function httpsOf({ https, domain, caFile, certificate }: LiveDocument): string[] {
  const visit = `${resolved(domain, https)} https://${domain}:${https.port}/`;
  switch (certificate) {
    case "authority":
      return [`HTTPS    curl --cacert ${caFile} ${visit}`];
    case "nobody":
      return [`HTTPS    curl --insecure ${visit}   (the server made its certificate itself, so nothing can verify it)`];
    case "none":
      return [];
  }
}

/** By HTTPS where a browser can be made to trust it. */
function browserOf({ https, http, domain, caFile, certificate }: LiveDocument): string {
  const open = (scheme: string, port: number, { address, port: leading }: Reach) =>
    `browser  chromium --host-resolver-rules='MAP ${domain}:${port} ${address}:${leading}' ${scheme}://${domain}/`;
  return certificate === "authority"
    ? `${open("https", 443, https)}   (trusts ${caFile} once you import it)`
    : open("http", 80, http);
}

const resolved = (domain: string, { address, port }: Reach): string => `--resolve ${domain}:${port}:${address}`;
