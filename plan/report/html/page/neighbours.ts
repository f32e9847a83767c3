import { type Picture } from "../../picture/picture";

type Edge = Picture["edges"][number];

/** A line at a node, with its place in the JSON and what is at its other end. */
export interface Neighbour {
  readonly id: string;
  readonly index: number;
  readonly edge: Edge;
}

/** What a node reaches, and what reaches it. */
export interface Neighbours {
  readonly to: readonly Neighbour[];
  readonly from: readonly Neighbour[];
  readonly ids: ReadonlySet<string>;
}

const NONE: Neighbours = { to: [], from: [], ids: new Set() };

/** The neighbours of a node; none of no node. */
export function neighboursOf(edges: readonly Edge[], id: string | undefined): Neighbours {
  if (id === undefined) return NONE;
  const to = edges.flatMap((edge, index) => (edge.from === id ? [{ id: edge.to, index, edge }] : []));
  const from = edges.flatMap((edge, index) => (edge.to === id ? [{ id: edge.from, index, edge }] : []));
  return { to, from, ids: new Set([...to, ...from].map((neighbour) => neighbour.id)) };
}

/** The node that lies next in a direction: the nearest whose centre is more that way than to the side. */
export function nextNode(nodes: Picture["nodes"], from: string | undefined, [dx, dy]: readonly [number, number]): string | undefined {
  const start = nodes.find(({ id }) => id === from) ?? nodes[0];
  if (start === undefined) return undefined;
  const centre = ({ x, y, width, height }: (typeof nodes)[number]) => [x + width / 2, y + height / 2] as const;
  const [x0, y0] = centre(start);
  let best: { readonly id: string; readonly far: number } | undefined;
  for (const node of nodes) {
    const [x, y] = centre(node);
    const along = (x - x0) * dx + (y - y0) * dy;
    const aside = Math.abs((x - x0) * dy) + Math.abs((y - y0) * dx);
    if (along <= 1 || aside > along * 2) continue;
    const far = along + 2 * aside;
    if (best === undefined || far < best.far) best = { id: node.id, far };
  }
  return best?.id;
}

/** Nodes whose name or kind holds all words, those that begin with the first word before the others. */
export function searched(nodes: Picture["nodes"], query: string): Picture["nodes"] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return [];
  const matching = nodes.filter(({ name, what }) => words.every((word) => `${name} ${what}`.toLowerCase().includes(word)));
  const rank = (name: string) => (name.toLowerCase() === first ? 0 : name.toLowerCase().startsWith(first) ? 1 : 2);
  return [...matching].sort(
    (left, right) => rank(left.name) - rank(right.name) || left.name.localeCompare(right.name, "en", { numeric: true }),
  );
}
