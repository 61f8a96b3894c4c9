import { Resolver } from "node:dns/promises";

/** A name that does not answer in time is asked for again with the next connections. */
const resolver = new Resolver({ timeout: 1000, tries: 1 });

/**
 * The name that the certificate of a host must carry. Managed databases have certificates for names of the provider's, and the host is an alias
 * (CNAME) of one of these: then it is the alias that counts, but only if it is in the domain that is trusted for this.
 */
export async function certificateName(
  host: string,
  domain: string | undefined,
  resolve: (host: string) => Promise<string[]> = (name) => resolver.resolveCname(name),
): Promise<string> {
  if (domain === undefined) return host;
  const names = await resolve(host).catch((): string[] => []);
  return names.find((name) => name.endsWith(`.${domain}`)) ?? host;
}
