import type { LiveDocument } from "./document.ts";

/** What to try, for people. */
export function howToReach({ https, http, dns, domain, caFile, machines }: LiveDocument, environment: string): string {
  const [machine] = machines;
  const secure = `curl --cacert ${caFile} --resolve ${domain}:${https.port}:${https.address} https://${domain}:${https.port}/`;
  const plain = `curl --resolve ${domain}:${http.port}:${http.address} http://${domain}:${http.port}/`;
  return [
    `HTTPS    ${secure}`,
    `HTTP     ${plain}`,
    `DNS      dig @${dns.address} -p ${dns.port} ${domain}`,
    `browser  chromium --host-resolver-rules='MAP ${domain}:443 ${https.address}:${https.port}' https://${domain}/   (trusts ${caFile} once you import it)`,
    ...(machine
      ? [
          `a shell  make live-shell ENV=${environment} MACHINE=${machine.name}`,
          `a fault  make live-kill ENV=${environment} MACHINE=${machine.name}`,
        ]
      : []),
    `the end  make live-down ENV=${environment}`,
  ].join("\n");
}
