import { type ElkExtendedEdge, type ElkNode, type LayoutOptions } from "elkjs/lib/elk-api";
import { layOutGraph } from "./elk";
import { type Box, type Picture, type PictureGroup, type PictureNode, type Point, type Sketch } from "./picture";
import { cardWidth, CARD_HEIGHT, gridSize, headOf, labelWidth, placeInGrid, SUBNET_HEIGHT, SUBNET_WIDTH } from "./sizes";

/** Above this many nodes a card for each and a line for each connection would be neither readable nor quick to lay out. */
export const MOST_CARDS = 90;

const MARGIN = 12;

const OPTIONS: LayoutOptions = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.json.shapeCoords": "ROOT",
  "elk.json.edgeCoords": "ROOT",
  "elk.layered.spacing.nodeNodeBetweenLayers": "26",
  "elk.layered.spacing.edgeNodeBetweenLayers": "10",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "6",
  "elk.spacing.nodeNode": "12",
  "elk.spacing.edgeNode": "10",
  "elk.spacing.edgeEdge": "8",
  "elk.spacing.componentComponent": "18",
  "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
  "elk.layered.nodePlacement.favorStraightEdges": "true",
  "elk.layered.mergeEdges": "true",
};

function padding(top: number): string {
  return `[top=${top},left=${MARGIN},bottom=${MARGIN},right=${MARGIN}]`;
}

/** Lines that are drawn from the start, and so take part in the layout. */
function laidOut(sketch: Sketch, dense: boolean): Sketch["edges"] {
  return dense ? [] : sketch.edges.filter(({ telemetry }) => !telemetry);
}

class Layout {
  private readonly children = new Map<string | undefined, PictureGroup[]>();
  private readonly members = new Map<string | undefined, PictureNode[]>();

  readonly head: number;
  private readonly byId: ReadonlyMap<string, PictureNode>;

  constructor(
    private readonly sketch: Sketch,
    private readonly dense: boolean,
  ) {
    this.head = headOf(sketch.nodes.length);
    this.byId = new Map(sketch.nodes.map((node) => [node.id, node]));
    for (const group of sketch.groups) this.children.set(group.parent, [...(this.children.get(group.parent) ?? []), group]);
    for (const node of sketch.nodes) this.members.set(node.group, [...(this.members.get(node.group) ?? []), node]);
  }

  /** What ELK lays out. Nodes of a dense picture are no part of it: they stand in grids, and only the grids are placed. */
  graph(): ElkNode {
    const edges = this.dense ? this.bundles() : this.lines();
    return { id: "root", layoutOptions: { ...OPTIONS, "elk.padding": padding(MARGIN) }, children: this.inside(undefined), edges };
  }

  membersOf(group: string | undefined): readonly PictureNode[] {
    return this.members.get(group) ?? [];
  }

  /** What stands in no network and takes from a bus in one stands after it: what it does comes later, and the VPC stays in front. */
  isPulled({ from, to }: Sketch["edges"][number]): boolean {
    return this.byId.get(from)?.kind === "service" && this.byId.get(from)?.zones.length === 0 && (this.byId.get(to)?.zones.length ?? 0) > 0;
  }

  private inside(group: string | undefined): ElkNode[] {
    const nodes = this.dense && group !== undefined ? [] : this.membersOf(group).map((node) => this.card(node));
    return [...nodes, ...(this.children.get(group) ?? []).map((child) => this.frame(child))];
  }

  private card(node: PictureNode): ElkNode {
    // Cards of a group are equally wide, so that they make columns.
    const width = Math.max(...this.membersOf(node.group).map(cardWidth));
    return { id: node.id, width, height: CARD_HEIGHT };
  }

  private frame(group: PictureGroup): ElkNode {
    const { id, kind, parent } = group;
    const subnets = this.sketch.subnets.filter(({ tier }) => tier === id).length;
    const order = (this.children.get(parent) ?? []).filter((other) => other.kind === kind).findIndex((other) => other.id === id);
    const children = this.inside(id);
    const grid = children.length === 0 ? gridSize(this.membersOf(id)) : undefined;
    const least = Math.max(labelWidth(group, this.head), subnets > 0 ? SUBNET_WIDTH : 0) + 2 * MARGIN;
    return {
      id,
      ...(grid ? { width: Math.max(least, grid.width + 2 * MARGIN), height: grid.height + this.head + MARGIN } : { children }),
      layoutOptions: {
        "elk.padding": padding(this.head + (subnets > 0 ? subnets * SUBNET_HEIGHT + MARGIN : 0)),
        // A frame without children would shrink to it.
        ...(grid === undefined && { "elk.nodeSize.constraints": "MINIMUM_SIZE", "elk.nodeSize.minimum": `(${least},${this.head})` }),
        // Tiers stand side by side, from the internet inwards, also where no line says so.
        ...(kind === "tier" && { "elk.partitioning.partition": String(order) }),
        ...(kind === "vpc" && { "elk.partitioning.activate": "true" }),
      },
    };
  }

  private lines(): ElkExtendedEdge[] {
    return laidOut(this.sketch, false).map((edge, index) => {
      const [source, target] = this.isPulled(edge) ? [edge.to, edge.from] : [edge.from, edge.to];
      return { id: `e${index}`, sources: [source], targets: [target] };
    });
  }

  /** One line from grid to grid, which gives grids their order. */
  private bundles(): ElkExtendedEdge[] {
    const groupOf = new Map(this.sketch.nodes.map(({ id, group }) => [id, group ?? id]));
    const pairs = new Map<string, [string, string]>();
    for (const { from, to, telemetry } of this.sketch.edges) {
      const [source, target] = [groupOf.get(from), groupOf.get(to)];
      if (!telemetry && source !== undefined && target !== undefined && source !== target)
        pairs.set(`${source}\n${target}`, [source, target]);
    }
    return [...pairs.values()].map(([source, target], index) => ({ id: `e${index}`, sources: [source], targets: [target] }));
  }
}

function boxesOf(node: ElkNode, boxes = new Map<string, Box>()): Map<string, Box> {
  const { id, x = 0, y = 0, width = 0, height = 0 } = node;
  boxes.set(id, { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) });
  for (const child of node.children ?? []) boxesOf(child, boxes);
  return boxes;
}

function pathOf({ sections }: ElkExtendedEdge, pulled: boolean): Point[] | undefined {
  const points = (sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
  if (points.length === 0) return undefined;
  const path = points.map(({ x, y }) => [Math.round(x), Math.round(y)] as const);
  return pulled ? path.reverse() : path;
}

/** Tiers are as high as their VPC, so that subnets of a zone stand in one row. */
function stretched(sketch: Sketch, boxes: Map<string, Box>): void {
  for (const vpc of sketch.groups.filter(({ kind }) => kind === "vpc")) {
    const tiers = sketch.groups.filter(({ parent, kind }) => parent === vpc.id && kind === "tier").flatMap(({ id }) => boxes.get(id) ?? []);
    const top = Math.min(...tiers.map(({ y }) => y));
    const bottom = Math.max(...tiers.map(({ y, height }) => y + height));
    for (const { id } of sketch.groups.filter(({ parent, kind }) => parent === vpc.id && kind === "tier")) {
      const box = boxes.get(id);
      if (box) boxes.set(id, { ...box, y: top, height: bottom - top });
    }
  }
}

function subnetBoxes({ subnets, zones }: Sketch, boxes: ReadonlyMap<string, Box>, head: number): Picture["subnets"] {
  return subnets.flatMap((subnet) => {
    const tier = boxes.get(subnet.tier);
    if (tier === undefined) return [];
    const y = tier.y + head + zones.indexOf(subnet.zone) * SUBNET_HEIGHT;
    return [{ ...subnet, x: tier.x + MARGIN, y, width: tier.width - 2 * MARGIN, height: SUBNET_HEIGHT - 2 }];
  });
}

function boxed<T extends { readonly id: string }>(all: readonly T[], boxes: ReadonlyMap<string, Box>): (T & Box)[] {
  return all.map((one) => {
    const box = boxes.get(one.id);
    if (box === undefined) throw new Error(`the layout has no place for ${one.id}`);
    return { ...one, ...box };
  });
}

/** Gives everything of a sketch its place. The same sketch is always laid out the same way. */
export async function layOut(sketch: Sketch): Promise<Picture> {
  const dense = sketch.nodes.length > MOST_CARDS;
  const layout = new Layout(sketch, dense);
  const result = await layOutGraph(layout.graph());
  const boxes = boxesOf(result);
  stretched(sketch, boxes);
  if (dense)
    for (const { id } of sketch.groups) {
      const frame = boxes.get(id);
      const members = layout.membersOf(id);
      if (frame) for (const [node, box] of placeInGrid(members, { x: frame.x + MARGIN, y: frame.y + layout.head })) boxes.set(node.id, box);
    }
  const lines = result.edges ?? [];
  const paths = new Map(
    laidOut(sketch, dense).map((edge, index) => [
      edge,
      lines[index] === undefined ? undefined : pathOf(lines[index], layout.isPulled(edge)),
    ]),
  );
  return {
    zones: sketch.zones,
    left: sketch.left,
    width: Math.round(result.width ?? 0),
    height: Math.round(result.height ?? 0),
    dense,
    head: layout.head,
    groups: boxed(sketch.groups, boxes).map((group) => ({ ...group, nodes: layout.membersOf(group.id).length })),
    nodes: boxed(sketch.nodes, boxes),
    edges: sketch.edges.map((edge) => {
      const path = paths.get(edge);
      return path === undefined ? edge : { ...edge, path };
    }),
    subnets: subnetBoxes(sketch, boxes, layout.head),
  };
}
