import type { Tagger } from "../components/tagger.ts";

/** What a resource belongs to. On the server of the simple architecture all tiers are together. */
export type Tier = "network" | "dns" | "release" | "server" | "web" | "application" | "data" | "monitoring";

/** Tags of ours; the user's own may not take their place. `Name` is what consoles show, and `role` is what a database instance does. */
export const OWN_TAGS = ["project", "environment", "architecture", "tier", "role", "Name"] as const;

/** An S3 object takes ten tags where everything else takes fifty. Source: S3 user guide, object tagging. */
const MOST_OBJECT_TAGS = 10;

export interface TagSource {
  readonly project: string;
  /** The stack's name. */
  readonly environment: string;
  readonly architecture: string;
  /** The user's own tags. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Tags for all resources of a tier. Components pass them on: neither the provider's default tags nor transforms reach volumes and network
 * interfaces, and transforms do not run in unit tests.
 */
export function tagger(source: TagSource, tier: Tier): Tagger {
  const { project, environment, architecture } = source;
  const ours = { project, environment, architecture, tier };
  return {
    named: (part) => ({ ...source.tags, ...ours, Name: `${project}-${environment}-${part}` }),
    forObject: () => {
      const room = MOST_OBJECT_TAGS - Object.keys(ours).length;
      const own = Object.entries(source.tags).sort(([a], [b]) => (a < b ? -1 : 1));
      return { ...Object.fromEntries(own.slice(0, room)), ...ours };
    },
  };
}
