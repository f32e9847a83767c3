import { FORMATS } from "../html/format";
import { DrawnValue, origin } from "../html/value";
import { type Box, type Picture, type PictureNode, type Point } from "../picture/picture";
import { CARD_NAME, cardPorts, CHIP_NAME, LABEL_SIZES, shortened } from "../picture/sizes";
import { ICONS } from "./icons";

type Node = Picture["nodes"][number];
type Edge = Picture["edges"][number];

/** How what is chosen changes a drawing. */
export interface Emphasis {
  /** Id of the node that is chosen. */
  readonly chosen?: string;
  /** Ids of those that it reaches or that reach it. */
  readonly near: ReadonlySet<string>;
}

/** What a page adds to a node: how it is chosen. */
export type NodeProps = (node: Node) => Readonly<Record<string, unknown>>;

const CORNER = 6;
const ICON_SCALE = 0.75;

/** Lines, then what they join, so that no line crosses a name. */
export function Drawing({
  picture,
  emphasis,
  nodeProps,
}: {
  readonly picture: Picture;
  readonly emphasis: Emphasis;
  readonly nodeProps?: NodeProps;
}) {
  return (
    <>
      <Markers />
      {picture.groups.map((group, index) => (
        <Frame key={group.id} group={group} index={index} picture={picture} />
      ))}
      {picture.subnets.map((subnet, index) => (
        <Subnet key={subnet.name} subnet={subnet} index={index} />
      ))}
      <Lines picture={picture} emphasis={emphasis} />
      {picture.nodes.map((node, index) => (
        <NodeDrawing key={node.id} node={node} index={index} picture={picture} emphasis={emphasis} props={nodeProps?.(node) ?? {}} />
      ))}
    </>
  );
}

function Markers() {
  return (
    <defs>
      {["arrow", "arrow-near"].map((id) => (
        <marker key={id} id={id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
          <path class={id} d="M0 0.5L8 4L0 7.5z" />
        </marker>
      ))}
    </defs>
  );
}

function Frame({
  group,
  index,
  picture: { head, dense },
}: {
  readonly group: Picture["groups"][number];
  readonly index: number;
  readonly picture: Picture;
}) {
  const { kind, label, detail, nodes, x, y, width, height } = group;
  const size = Math.round(head * LABEL_SIZES[kind]);
  const at = (key: string) => ["picture", "groups", index, key] as const;
  return (
    <g class={`frame ${kind}`}>
      <rect x={x} y={y} width={width} height={height} rx={kind === "place" ? 8 : 10} />
      <text x={x + 14} y={y + Math.round(head * 0.64)} class="frame-label" font-size={size}>
        {label}
        {detail !== undefined && (
          <tspan class="frame-detail" dx={size / 2} {...origin(at("detail"), "text")}>
            {detail}
          </tspan>
        )}
        {dense && nodes > 1 && (
          <tspan class="frame-detail" dx={size / 2} {...origin(at("nodes"), "count")}>
            {FORMATS.count(nodes)}
          </tspan>
        )}
      </text>
    </g>
  );
}

function Subnet({ subnet, index }: { readonly subnet: Picture["subnets"][number]; readonly index: number }) {
  const { x, y, width, height, nat } = subnet;
  const at = (key: string) => ["picture", "subnets", index, key] as const;
  return (
    <g class="subnet">
      <title>{subnet.name}</title>
      <rect x={x} y={y} width={width} height={height} rx="4" />
      <text x={x + 8} y={y + 15}>
        <DrawnValue from={at("zone")} as="text" />
      </text>
      <text x={x + 92} y={y + 15} class="cidr">
        <DrawnValue from={at("cidr")} as="text" />
      </text>
      {nat && (
        <text x={x + width - 8} y={y + 15} text-anchor="end" class="nat">
          NAT
        </text>
      )}
    </g>
  );
}

/** A line with its corners rounded. */
export function rounded(points: readonly Point[]): string {
  return points
    .map(([x, y], index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (before === undefined) return `M${x} ${y}`;
      if (after === undefined) return `L${x} ${y}`;
      const [fromX, fromY] = towards([x, y], before);
      const [toX, toY] = towards([x, y], after);
      return `L${fromX} ${fromY}Q${x} ${y} ${toX} ${toY}`;
    })
    .join("");
}

/** The point a corner's radius away, at most half the way. */
function towards([x, y]: Point, [toX, toY]: Point): Point {
  const length = Math.hypot(toX - x, toY - y);
  const share = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return [Math.round((x + (toX - x) * share) * 10) / 10, Math.round((y + (toY - y) * share) * 10) / 10];
}

/** A bow from the side of one box to the side of another. */
export function bow(from: Box, to: Box): string {
  const forward = from.x + from.width / 2 <= to.x + to.width / 2;
  const [startX, endX] = forward ? [from.x + from.width, to.x] : [from.x, to.x + to.width];
  const [startY, endY] = [from.y + from.height / 2, to.y + to.height / 2];
  const pull = Math.max(24, Math.abs(endX - startX) / 2) * (forward ? 1 : -1);
  return `M${startX} ${startY}C${startX + pull} ${startY} ${endX - pull} ${endY} ${endX} ${endY}`;
}

function Lines({ picture, emphasis: { chosen } }: { readonly picture: Picture; readonly emphasis: Emphasis }) {
  const boxes = new Map(picture.nodes.map((node) => [node.id, node]));
  const touches = ({ from, to }: Edge) => chosen !== undefined && (from === chosen || to === chosen);
  return (
    <g class="lines">
      {picture.edges.map((edge) => {
        const near = touches(edge);
        const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
        if ((edge.path === undefined && !near) || from === undefined || to === undefined) return undefined;
        const d = edge.path === undefined ? bow(from, to) : rounded(edge.path);
        return (
          <path
            key={`${edge.from} ${edge.to}`}
            class={near ? "line near" : "line"}
            d={d}
            marker-end={`url(#${near ? "arrow-near" : "arrow"})`}
          />
        );
      })}
    </g>
  );
}

/** What somebody who can't see the picture is told of a node. */
export function described({ name, what, zones, ports }: PictureNode): string {
  const where = zones.length > 0 ? `, in ${zones.join(", ")}` : "";
  return `${name}, ${what}${ports.length > 0 ? `, ports ${ports.join(", ")}` : ""}${where}`;
}

interface NodeDrawingProps {
  readonly node: Node;
  readonly index: number;
  readonly picture: Picture;
  readonly emphasis: Emphasis;
  readonly props: Readonly<Record<string, unknown>>;
}

function NodeDrawing({ node, index, picture, emphasis: { chosen, near }, props }: NodeDrawingProps) {
  const { id, kind, name, x, y, width, height } = node;
  const state = chosen === undefined ? "" : id === chosen ? " chosen" : near.has(id) ? " near" : " far";
  const small = picture.dense && node.group !== undefined;
  return (
    <g class={`node ${kind}${state}`} data-node={id} transform={`translate(${x} ${y})`} {...props}>
      <title>{described(node)}</title>
      <rect width={width} height={height} rx={small ? 5 : 8} />
      {small ? (
        <text x="8" y="15" class="chip">
          {shortened(name, CHIP_NAME)}
        </text>
      ) : (
        <Card node={node} index={index} zones={picture.zones} />
      )}
    </g>
  );
}

function Card({ node, index, zones }: { readonly node: Node; readonly index: number; readonly zones: readonly string[] }) {
  const { kind, name, what, height, width } = node;
  const all = zones.length > 1 && node.zones.length > 0;
  return (
    <>
      <g class="icon" transform={`translate(10 ${height / 2 - 9}) scale(${ICON_SCALE})`}>
        <path d={ICONS[kind]} />
      </g>
      <text x="38" y="21" class="name">
        {shortened(name, CARD_NAME)}
      </text>
      <text x="38" y="38" class="what">
        {what}
        {cardPorts(node) !== "" && <DrawnValue before=" :" from={["picture", "nodes", index, "ports"]} as="ports" />}
      </text>
      {all &&
        zones.map((zone, at) => (
          <circle
            key={zone}
            class={node.zones.includes(zone) ? "zone" : "zone away"}
            cx={width - 9}
            cy={height / 2 + (at - (zones.length - 1) / 2) * 8}
            r="2.5"
          />
        ))}
    </>
  );
}
