/** Where everything of a live stack is, by what it is for in the design. */
import { VISITOR } from "../../local/live/network/addresses.ts";
import type { LiveWorld } from "./live-world.ts";

/** `public` and `inner` are the load balancers before the web servers and before the application. */
export type Role = "visitor" | "public" | "web" | "inner" | "app" | "database";

export interface Place {
  readonly name: string;
  readonly role: Role;
  readonly address: string;
  /** A name in /run/netns. */
  readonly namespace: string;
}

export function placesOf(live: LiveWorld): Place[] {
  const { machines, balancers, databases } = live.document;
  const visitor = { name: "visitor", role: "visitor", address: VISITOR, namespace: `${live.id}-outside` } as const;
  const servers = machines.map((each) => ({ ...each, role: each.tier === "web" ? "web" : "app" }) as const);
  const nodes = balancers.map((each) => ({ ...each, role: each.tier === "web" ? "public" : "inner" }) as const);
  return [visitor, ...nodes, ...servers, ...databases.map((each) => ({ ...each, role: "database" }) as const)].map(
    ({ name, role, address, namespace }) => ({ name, role, address, namespace }),
  );
}

/** Those of the site: the load balancers that visitors reach, under the addresses that the internet knows. */
export function publicAddresses(live: LiveWorld): Promise<string[]> {
  return live.resolver().resolve4(live.document.domain);
}
