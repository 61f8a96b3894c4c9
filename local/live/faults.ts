import { z } from "zod";
import { readJson, writeWhole } from "../cloud/files.ts";

/** What is broken on purpose. */
export interface Faults {
  /** Availability zones that no packet reaches or leaves. */
  readonly zonesCutOff: readonly string[];
  /** Namespaces of what was killed and stays off. What a scaling group has is replaced all the same, as its group does that. */
  readonly killed: readonly string[];
}

const FaultsFile = z.strictObject({ zonesCutOff: z.array(z.string()), killed: z.array(z.string()) });

const NONE: Faults = { zonesCutOff: [], killed: [] };

export function readFaults(file: string): Faults {
  return FaultsFile.parse(readJson(file) ?? NONE);
}

export function writeFaults(file: string, faults: Faults): void {
  writeWhole(file, `${JSON.stringify(faults)}\n`);
}
