import { readFileSync } from "node:fs";
import path from "node:path";

const TYPES: Readonly<Record<string, { readonly vcpus: number }>> = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../prices/instance-types.json"), "utf8"),
);

/** How many a machine (`t4g.small`) or a database (`db.t4g.small`) has, or undefined where the price book does not know its type. */
export const vcpusOf = (type: string): number | undefined => TYPES[type.replace(/^db\./, "")]?.vcpus;

/** Families that earn CPU credits, and pay for those they use beyond. */
export const burstingFamily = (type: string): string | undefined => /^(?:db\.)?(t\d[a-z]*)\./.exec(type)?.[1];
