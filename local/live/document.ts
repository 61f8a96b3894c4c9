import { readJson } from "../cloud/files.ts";
import type { Reach } from "./outside/loopback.ts";
import type { SiteCertificate } from "./site.ts";

/** `live.json`: how to reach what runs, for tools. */
export interface LiveDocument {
  /** Loopback ports of this machine that lead to the site, and to the name server of its domain. */
  readonly https: Reach;
  readonly http: Reach;
  readonly dns: Reach;
  /** The site's name. */
  readonly domain: string;
  readonly certificate: SiteCertificate;
  /** Certificates by which those of load balancers can be verified, as PEM. */
  readonly caFile: string;
  readonly machines: readonly LiveMachine[];
  readonly balancers: readonly LivePart[];
  readonly databases: readonly LivePart[];
}

/** Something that runs in a network namespace of its own. */
export interface LivePart {
  /** Unique among all of them. */
  readonly name: string;
  readonly tier: string;
  readonly address: string;
  /** A name in /run/netns. */
  readonly namespace: string;
  /** The first process in it, as this machine counts. */
  readonly pid: number;
  readonly ready: boolean;
}

export interface LiveMachine extends LivePart {
  readonly instanceId: string;
}

export function readLive(file: string): LiveDocument | undefined {
  return readJson(file) as LiveDocument | undefined;
}

/**
 * The part that a person means by a name or an instance id, or by the beginning of one where that is enough.
 * @throws where it is none or more than one, with what there is
 */
export function partNamed(
  { machines, balancers, databases }: Pick<LiveDocument, "machines" | "balancers" | "databases">,
  wanted: string,
): LivePart {
  const parts: readonly (LivePart & { readonly instanceId?: string })[] = [...machines, ...balancers, ...databases];
  const named = (part: (typeof parts)[number], fits: (name: string) => boolean) =>
    [part.name, part.instanceId ?? part.name].some(fits);
  const exact = parts.filter((part) => named(part, (name) => name === wanted));
  const meant = exact.length > 0 ? exact : parts.filter((part) => named(part, (name) => name.startsWith(wanted)));
  const [found, another] = wanted === "" ? [] : meant;
  const choice = (of: typeof parts) => `use one of ${of.map(({ name }) => name).join(", ")}.`;
  if (found === undefined) throw new Error(`MACHINE=${wanted} names nothing that runs: ${choice(parts)}`);
  if (another) throw new Error(`MACHINE=${wanted} is the beginning of more than one name: ${choice(meant)}`);
  return found;
}
