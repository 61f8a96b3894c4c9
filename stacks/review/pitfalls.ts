import { dataPitfalls } from "./data.ts";
import { networkPitfalls } from "./network.ts";
import { operationPitfalls } from "./operations.ts";
import type { Pitfall } from "./pitfall.ts";
import { securityPitfalls } from "./security.ts";
import { serverPitfalls } from "./servers.ts";

/** All pitfalls, those of servers first. Names are unique: waivers call them by these. */
export const PITFALLS: readonly Pitfall[] = [
  ...serverPitfalls,
  ...networkPitfalls,
  ...dataPitfalls,
  ...securityPitfalls,
  ...operationPitfalls,
];

export const PITFALL_NAMES: readonly string[] = PITFALLS.map(({ name }) => name);
