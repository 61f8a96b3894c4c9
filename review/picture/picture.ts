/** What becomes of something in a change. */
export type Change = "new" | "changed" | "replaced" | "removed" | "unchanged";

/** Where in the way of a request something stands. */
export type Role =
  | "internet"
  | "outside"
  | "names"
  | "public-balancer"
  | "inner-balancer"
  | "fleet"
  | "server"
  | "database"
  | "replica";

/** A stack as somebody would draw it on a board, before anything has a place on the sheet. */
export interface Picture {
  readonly stack: string;
  /** In the order of a request. */
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** The compartments that nodes are in: networks, and their kinds of subnets. An inner one comes after the one that it is in. */
  readonly places: readonly Place[];
  /** What is no part of the way of a request, by what it is for. */
  readonly aside: readonly Group[];
  /** What a reader has to know of the picture: what it cannot show. */
  readonly notes: readonly string[];
}

export interface PictureNode {
  /** A URN, or a word for what is no resource, such as the Internet. */
  readonly id: string;
  readonly role: Role;
  /** The logical name. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  readonly facts: readonly string[];
  /** The availability zones that it is in, as far as they are known. */
  readonly zones: readonly string[];
  /** All zones that its network is in, in their order. */
  readonly columns: readonly string[];
  readonly place?: string;
  readonly change: Change;
  /** URNs of all resources that it stands for. */
  readonly parts: readonly string[];
  /** How many of its like there are, where only one is drawn. */
  readonly copies: number;
}

export interface Place {
  readonly id: string;
  readonly title: string;
  readonly within?: string;
}

/**
 * tls, plain: as the listener, the group of targets or the database demands. redirect: plain, and answers only where to find TLS. unsaid: nothing in the
 * plan says.
 */
export type Hop = "tls" | "plain" | "redirect" | "unsaid";

/** Ports that the firewall opens. */
export interface Way {
  /** Such as `443`, `8000-8080` or `all ports`. */
  readonly ports: string;
  readonly hop: Hop;
  readonly change: Change;
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  /** traffic: what the firewall allows. replication: from a database to its replica. name: from a record of DNS to what it leads to. */
  readonly kind: "traffic" | "replication" | "name";
  /** Of traffic. */
  readonly ways: readonly Way[];
  readonly change: Change;
}

export interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** Resources of one type. */
export interface Entry {
  /** Such as `27 metric alarms`. */
  readonly title: string;
  readonly resources: readonly { readonly urn: string; readonly name: string; readonly change: Change }[];
}

/** What it says of an edge or a node that stands for several: the same of all, or that something changes. */
export function changeOfAll(changes: readonly Change[]): Change {
  const [first = "unchanged", ...rest] = changes;
  return rest.every((each) => each === first) ? first : "changed";
}
