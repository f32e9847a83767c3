/** What a node is, by which it gets its mark and colour. */
export const NODE_KINDS = [
  "internet",
  "entry",
  "service",
  "database",
  "cache",
  "bus",
  "warehouse",
  "bucket",
  "table",
  "queue",
  "secret",
  "program",
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** A place and a size, in units of the picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Something that runs, keeps data, or lets traffic in. */
export interface PictureNode {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  /** What it is in words, such as `Fargate` or `Aurora PostgreSQL`. */
  readonly what: string;
  /** Id of the innermost group around it; absent for what is outside of AWS. */
  readonly group?: string;
  /** Zones it may run in; empty for what has no zone of its own. */
  readonly zones: readonly string[];
  /** Ports it is reached on. */
  readonly ports: readonly number[];
  /** Ports on which it gets out to the internet. */
  readonly outbound: readonly number[];
}

/** A frame around nodes: the region, the VPC, a tier of subnets, a place where services run, stores without a VPC. */
export interface PictureGroup {
  readonly id: string;
  readonly parent?: string;
  readonly kind: "region" | "vpc" | "tier" | "place";
  readonly label: string;
  readonly detail?: string;
}

/** Who opens a connection to whom, or is granted what. */
export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  /** Ports; empty for a permission on something without a place in the network. */
  readonly ports: readonly number[];
  /** What the descriptor asked for, such as `write`; absent where only the network is known. */
  readonly access?: readonly string[];
  /** Logs, metrics and traces: shown when one of its ends is chosen. */
  readonly telemetry: boolean;
}

/** A subnet, as a cell of zones and tiers. */
export interface PictureSubnet {
  readonly name: string;
  readonly zone: string;
  /** Id of its group. */
  readonly tier: string;
  readonly cidr: string;
  /** True when it holds a NAT gateway. */
  readonly nat: boolean;
}

/** What is in an environment and who reaches what, before it is laid out. */
export interface Sketch {
  readonly zones: readonly string[];
  readonly groups: readonly PictureGroup[];
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  readonly subnets: readonly PictureSubnet[];
  /** What is left out, in words, and how many of it. */
  readonly left: readonly { readonly what: string; readonly count: number }[];
}

/** A point of a line. */
export type Point = readonly [x: number, y: number];

/** A sketch with a place for everything. An edge without a path is drawn when one of its ends is chosen. */
export interface Picture extends Omit<Sketch, "groups" | "nodes" | "edges" | "subnets"> {
  readonly width: number;
  readonly height: number;
  /** True when there is too much for cards: nodes are small and stand in grids, lines are drawn for what is chosen. */
  readonly dense: boolean;
  /** Height of the line above what is in a frame, in which its label stands. */
  readonly head: number;
  readonly groups: readonly (PictureGroup &
    Box & { /** How many nodes are in it, those of its groups not counted. */ readonly nodes: number })[];
  readonly nodes: readonly (PictureNode & Box)[];
  readonly edges: readonly (PictureEdge & { readonly path?: readonly Point[] })[];
  readonly subnets: readonly (PictureSubnet & Box)[];
}
