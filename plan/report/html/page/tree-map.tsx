import { hierarchy, treemap, type HierarchyRectangularNode } from "d3-hierarchy";
import { useMemo } from "preact/hooks";
import { FORMATS, type Path } from "../format";
import { type ReportCost } from "../report-data";
import { DrawnValue, origin } from "../value";

/** A rectangle of a tree-map: a group with its parts, or a part with its cost. */
export interface Area {
  readonly name: string;
  readonly usd?: number;
  /** Where its cost stands in the JSON. */
  readonly from?: Path;
  readonly parts?: readonly Area[];
}

const WIDTH = 1200;
const HEIGHT = 460;
const HEAD = 24;
const LETTER = 7.2;
const LINE = 16;

/** The bill as areas: by layer its lines, by service what is its own and what it shares. */
export function areasOf(cost: ReportCost, by: "layer" | "service"): Area {
  const { totals, lines, rest } = cost;
  if (by === "service") {
    const services = totals.byService.map(({ service, ownUsd, sharedUsd }, index) => {
      const at = (key: string) => ["cost", "totals", "byService", index, key];
      const parts = [
        { name: "its own", usd: ownUsd, from: at("ownUsd") },
        { name: "its part of what is shared", usd: sharedUsd, from: at("sharedUsd") },
      ];
      return { name: service, from: at("monthlyUsd"), parts };
    });
    const shared = { name: "used by all alike", usd: totals.unattributedUsd, from: ["cost", "totals", "unattributedUsd"] };
    return { name: "services", parts: [...services, { name: "platform", from: shared.from, parts: [shared] }] };
  }
  const layers = totals.byLayer.map(({ layer }, index) => ({
    name: layer,
    from: ["cost", "totals", "byLayer", index, "monthlyUsd"],
    parts: lines.flatMap((line, at) =>
      line.layer === layer ? [{ name: `${line.name} ${line.what}`, usd: line.monthlyUsd, from: ["cost", "lines", at, "monthlyUsd"] }] : [],
    ),
  }));
  const small = { name: "smaller lines", usd: rest.monthlyUsd, from: ["cost", "rest", "monthlyUsd"] };
  return { name: "layers", parts: [...layers, ...(rest.count > 0 ? [{ name: "of all layers", from: small.from, parts: [small] }] : [])] };
}

/** Places areas: each as large as its cost. */
export function placedAreas(areas: Area): HierarchyRectangularNode<Area> {
  const root = hierarchy<Area>(areas, ({ parts }) => parts)
    .sum(({ usd = 0 }) => usd)
    .sort((left, right) => (right.value ?? 0) - (left.value ?? 0));
  return treemap<Area>()
    .size([WIDTH, HEIGHT])
    .paddingTop((node) => (node.depth === 1 ? HEAD : 0))
    .paddingInner(2)
    .round(true)(root);
}

/** What an environment costs, as areas. The same numbers are in the tables below it. */
export function TreeMap({ cost, by }: { readonly cost: ReportCost; readonly by: "layer" | "service" }) {
  const root = useMemo(() => placedAreas(areasOf(cost, by)), [cost, by]);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Cost as areas">
      <svg
        class="tree-map"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Cost by ${by}, as areas; the numbers are in the tables below`}
      >
        {(root.children ?? [])
          .filter(({ value = 0 }) => value > 0)
          .map((group, index) => (
            <g key={group.data.name} class={`area hue-${index % 6}`}>
              <AreaHead node={group} />
              {(group.children ?? [])
                .filter(({ value = 0 }) => value > 0)
                .map((part, at) => (
                  <AreaPart key={at} node={part} />
                ))}
            </g>
          ))}
      </svg>
    </div>
  );
}

type Placed = HierarchyRectangularNode<Area>;

/** As much of a name as there is room for; nothing when that is hardly a word. */
export function fitting(name: string, width: number): string {
  const letters = Math.floor(width / LETTER);
  if (name.length <= letters) return name;
  return letters < 5 ? "" : `${name.slice(0, letters - 1)}…`;
}

function AreaHead({ node: { x0, x1, y0, y1, data } }: { readonly node: Placed }) {
  const width = x1 - x0 - 14;
  const usd = data.parts?.reduce((sum, part) => sum + (part.usd ?? 0), 0) ?? 0;
  const whole = data.name.length + FORMATS.usd(usd).length + 2;
  return (
    <>
      <rect class="area-head" x={x0} y={y0} width={x1 - x0} height={y1 - y0} rx="4" />
      <text class="area-name" x={x0 + 7} y={y0 + LINE}>
        {fitting(data.name, width)}
        {data.from && whole * LETTER < width && <DrawnValue before="  " from={data.from} as="usd" />}
      </text>
    </>
  );
}

function AreaPart({ node: { x0, x1, y0, y1, data } }: { readonly node: Placed }) {
  const [width, height] = [x1 - x0, y1 - y0];
  const name = height < LINE + 4 ? "" : fitting(data.name, width - 12);
  const amount = FORMATS.usd(data.usd ?? 0);
  return (
    <g class="area-part">
      <title {...(data.from && origin(data.from, "usd"))} data-before={`${data.name}: `}>
        {`${data.name}: ${amount}`}
      </title>
      <rect x={x0} y={y0} width={Math.max(0, width)} height={Math.max(0, height)} />
      {name !== "" && (
        <text x={x0 + 6} y={y0 + LINE}>
          {name}
        </text>
      )}
      {name !== "" && data.from && height > 2 * LINE + 6 && amount.length * LETTER < width - 12 && (
        <text class="area-usd" x={x0 + 6} y={y0 + 2 * LINE}>
          <DrawnValue from={data.from} as="usd" />
        </text>
      )}
    </g>
  );
}
