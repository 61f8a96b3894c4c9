import type { Picture } from "../../../review/picture/picture.ts";

const short = (id: string): string => id.split("::").at(-1) ?? id;

/** Nodes as `role name (facts) in zones: change`. */
export const nodesIn = ({ nodes }: Picture): string[] =>
  nodes.map(({ role, name, facts, zones, change }) => {
    const where = zones.length > 0 ? ` in ${zones.map((zone) => zone.slice(-1)).join(", ")}` : "";
    const what = facts.length > 0 ? ` (${facts.join("; ")})` : "";
    return `${role} ${name}${what}${where}: ${change}`;
  });

/** Edges as `from -> to: ports hop change`. */
export const edgesIn = ({ edges }: Picture): string[] =>
  edges
    .map(({ from, to, kind, ways, change }) => {
      const said = kind === "traffic" ? ways.map((way) => `${way.ports} ${way.hop} ${way.change}`).join(", ") : kind;
      return `${short(from)} -> ${short(to)}: ${said}${kind === "traffic" ? "" : ` ${change}`}`;
    })
    .toSorted();

export const asideIn = ({ aside }: Picture): string[] =>
  aside.map(({ title, entries }) => `${title}: ${entries.map((entry) => entry.title).join(", ")}`);
