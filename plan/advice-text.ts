import { plot, blue, cyan, green, magenta, red, yellow } from "asciichart";
import colors from "picocolors";
import { crossoverSentence } from "../components/compute/placement/crossover";
import { dollars } from "../components/compute/placement/money";
import { type Target, TARGETS } from "../components/service/descriptor";
import { type Advice } from "./advice";
import { columns, type TextOptions } from "./text-layout";

const CHART_HEIGHT = 12;
const PAINT: Readonly<Record<Target, { readonly code: string; readonly text: (text: string) => string }>> = {
  lambda: { code: yellow, text: colors.yellow },
  fargate: { code: blue, text: colors.blue },
  "fargate-job": { code: cyan, text: colors.cyan },
  ecs: { code: green, text: colors.green },
  eks: { code: magenta, text: colors.magenta },
  "eks-stateful": { code: red, text: colors.red },
};

function table({ placement }: Advice, options: Pick<TextOptions, "width">): string {
  const chosen = placement.target
    ? [[colors.green(`✔ ${placement.target}`), dollars(placement.monthlyUsd), placement.reasons.join("\n")]]
    : [];
  const others = placement.alternatives.map(({ target, monthlyUsd, because, feasible }) => [
    feasible ? `  ${target}` : colors.dim(`✘ ${target}`),
    monthlyUsd === undefined ? "" : dollars(monthlyUsd),
    feasible ? because : colors.dim(because),
  ]);
  return columns([...chosen, ...others], [19, 12], options);
}

/** Costs on a scale of factors: what one target costs is often ten times what another does. */
function chart({ curve, demand }: Advice): string {
  // What a rule excludes is drawn too: a person should see what the rule costs.
  const drawn = TARGETS.filter((target) => curve.length > 0 && curve.every(({ costs }) => (costs[target] ?? 0) > 0));
  if (drawn.length === 0) return "";
  const series = drawn.map((target) => curve.map(({ costs }) => Math.log10(costs[target] ?? 1)));
  const lines = plot(series, {
    height: CHART_HEIGHT,
    ...(colors.isColorSupported && { colors: drawn.map((target) => PAINT[target].code) }),
    format: (value) => dollars(10 ** value).padStart(11),
  });
  const rate = (factor: number) => `${Number((demand.average * factor).toPrecision(3))}/s`;
  const axis = `${" ".repeat(12)}${rate(0.1)}${rate(1).padStart(curve.length / 2 - rate(0.1).length)}${rate(10).padStart(curve.length / 2)}`;
  const legend = drawn.map((target) => PAINT[target].text(`── ${target}`)).join("  ");
  return `\n  Cost a month against average demand, on a scale of factors   ${legend}\n${lines}\n${colors.dim(axis)}\n`;
}

/** What the advisor says of one service, with every target, the next crossovers, a chart and what was assumed. */
export function adviceText(advice: Advice, options: Pick<TextOptions, "width">): string {
  const { name, placement, crossovers, overruled } = advice;
  const sentences = [
    ...(overruled ? [colors.yellow(`its descriptor puts it on ${overruled}`)] : []),
    ...(crossovers.down ? [crossoverSentence(crossovers.down, "down")] : []),
    ...(crossovers.up ? [crossoverSentence(crossovers.up, "up")] : []),
    ...placement.assumptions.map((assumption) => colors.dim(`assumed: ${assumption}`)),
  ];
  return `${colors.bold(name)}\n${table(advice, options)}\n${sentences.map((sentence) => `  ${sentence}\n`).join("")}${chart(advice)}`;
}
