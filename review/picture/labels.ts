import type { Change, Hop, PictureEdge, Way } from "./picture.ts";

/** Changes as marks and words: a colour alone says nothing to many readers, and nothing in print. */
export const MARKS: Readonly<Record<Change, string>> = {
  new: "+",
  changed: "~",
  replaced: "±",
  removed: "−",
  unchanged: "",
};

const HOPS: Readonly<Record<Hop, string>> = {
  tls: "TLS",
  plain: "plain",
  redirect: "redirects to TLS",
  unsaid: "TLS not said",
};

/** A way in words: `443 TLS`. */
const wayText = ({ ports, hop }: Way): string => `${ports} ${HOPS[hop]}`;

export interface Line {
  readonly text: string;
  readonly hop: Hop | undefined;
  readonly change: Change;
}

/** What is written beside an edge, line by line. */
export function linesOf({ kind, ways, change }: PictureEdge): readonly Line[] {
  if (kind === "replication") return [{ text: "replication", hop: undefined, change }];
  if (kind === "name") return [{ text: "leads to", hop: undefined, change }];
  return ways.map((way) => ({ text: wayText(way), hop: way.hop, change: way.change }));
}
