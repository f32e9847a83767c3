import { scaleLog } from "d3-scale";
import { line } from "d3-shape";
import { type PlacementCosts } from "../../placement-costs";
import { dollars, FORMATS } from "../format";
import { origin, Value } from "../value";

const WIDTH = 320;
const HEIGHT = 150;
const LEFT = 52;
const BOTTOM = 22;
const TOP = 8;
const RIGHT = 10;
const LEAST_USD = 0.01;

const NAMES: Readonly<Record<string, string>> = {
  lambda: "Lambda",
  fargate: "Fargate",
  "fargate-job": "Fargate job",
  ecs: "ECS on EC2",
  eks: "EKS",
  "eks-stateful": "EKS StatefulSet",
};

/** What people call a place. */
export function placeName(target: string): string {
  return NAMES[target] ?? target;
}

/** Where demand and cost are on a chart: both on scales of factors, for what one place costs is often ten times what another does. */
export function scalesOf({ averages, places }: PlacementCosts) {
  const usd = places.flatMap(({ monthlyUsd }) => monthlyUsd).map((value) => Math.max(value, LEAST_USD));
  const [low, high] = [Math.min(...usd), Math.max(...usd)];
  const x = scaleLog([averages[0] ?? 1, averages.at(-1) ?? 10], [LEFT, WIDTH - RIGHT]);
  const y = scaleLog([low, high === low ? low * 10 : high], [HEIGHT - BOTTOM, TOP]).nice();
  return { x, y };
}

interface CurveProps {
  readonly placement: PlacementCosts;
  /** Where it runs. */
  readonly chosen: string;
  readonly name: string;
  /** Place of the service in the JSON. */
  readonly index: number;
}

/** What each place would cost over demand, with a line where demand is, and the same as a table for those who don't see it. */
export function CurveChart({ placement, chosen, name, index }: CurveProps) {
  const { averages, average, places } = placement;
  if (places.length === 0) return <p class="muted">No place can be priced over its demand.</p>;
  const { x, y } = scalesOf(placement);
  const path = line<number>(
    (_, at) => x(averages[at] ?? 1),
    (usd) => y(Math.max(usd, LEAST_USD)),
  );
  const middle = (averages.length - 1) / 2;
  return (
    <figure class="curve">
      <figcaption>Cost a month over demand, both on scales of factors</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`What ${name} would cost on each place over demand; the numbers are below`}
      >
        {y.ticks(3).map((tick) => (
          <g key={tick}>
            <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text class="tick" data-ui x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
              {tick < 1 ? dollars(tick) : `$${tick.toLocaleString("en-US")}`}
            </text>
          </g>
        ))}
        <line class="now" x1={x(average)} x2={x(average)} y1={TOP} y2={HEIGHT - BOTTOM} />
        <text
          class="tick"
          x={x(average)}
          y={HEIGHT - 6}
          text-anchor="middle"
          {...origin(["services", index, "placement", "average"], "rate")}
        >
          {FORMATS.rate(average)}
        </text>
        {[0, averages.length - 1].map((at) => (
          <text
            class="tick"
            key={at}
            x={x(averages[at] ?? 1)}
            y={HEIGHT - 6}
            text-anchor={at === 0 ? "start" : "end"}
            {...origin(["services", index, "placement", "averages", at], "rate")}
          >
            {FORMATS.rate(averages[at])}
          </text>
        ))}
        {places.map(({ target, monthlyUsd }) => (
          <path key={target} class={`place-line ${target}${target === chosen ? " chosen" : ""}`} d={path(monthlyUsd) ?? ""} />
        ))}
      </svg>
      <ul class="places">
        {places.map(({ target }, at) => (
          <li key={target} class={target === chosen ? "chosen" : undefined}>
            <span class={`dash ${target}`} aria-hidden="true" /> {placeName(target)}{" "}
            <Value from={["services", index, "placement", "places", at, "monthlyUsd", middle]} as="usd" />
            {target === chosen && ", runs here"}
          </li>
        ))}
      </ul>
    </figure>
  );
}
