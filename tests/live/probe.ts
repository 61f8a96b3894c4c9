import { join } from "node:path";
import { inNamespace, system } from "../../local/live/network/commands.ts";

/** `open`: somebody listens. `refused`: nobody does, and the place itself says so. `silent`: no answer, as a firewall has it. */
export type Outcome = "open" | "refused" | "silent";

/** What comes of connecting from a namespace to places such as `10.0.0.4 443`. Python does it, which tries all of them at once at little cost. */
export async function probe(namespace: string, places: readonly string[]): Promise<ReadonlyMap<string, Outcome>> {
  const python = process.env.WEBSTACK_PYTHON ?? "python3";
  const said = await system(inNamespace(namespace, [python, join(import.meta.dirname, "probe.py")]), places.join("\n"));
  return new Map(
    said
      .trim()
      .split("\n")
      .map((line) => {
        const [address, port, outcome] = line.split(" ");
        return [`${address} ${port}`, outcome as Outcome];
      }),
  );
}

/** TCP ports that anything in a namespace listens on, also on its loopback. */
export async function listeningPorts(namespace: string): Promise<number[]> {
  const said = await system(inNamespace(namespace, ["ss", "-Hltn"]));
  return said
    .split("\n")
    .filter(Boolean)
    .map((line) => Number(line.trim().split(/\s+/)[3]?.split(":").at(-1)));
}
