import { type Colors } from "picocolors/types";
import { printable } from "../../plan/report/wrapped";
import { type InFlight, type LayerProgress, type Snapshot } from "./progress";
import { count, percent, shortType, sinceAndUsual, summary } from "./words";

/** The terminal that a frame is made for. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly colors: Colors;
}

const LONGEST_LABEL = 14;
const WIDEST_BAR = 48;
const NARROWEST_BAR = 8;
const PERCENT = 6;

/** What is short is over before anybody has read it. */
const SLOW_SECONDS = 5;
const MOST_SLOW = 8;

/** What is to be seen of an operation: a line for the whole, a bar a layer, and what has been in flight for long. Never wider or higher than the screen. */
export function frame(snapshot: Snapshot, { columns, rows, colors }: Screen): string {
  const fit = (text: string): string => cut(text, columns - 1);
  const heading = colors.bold(fit(`${snapshot.operation} ${snapshot.environment}: ${summary(snapshot)}`));
  if (snapshot.previewing) return heading;
  const room = Math.max(0, rows - 2);
  const bars = layersThatFit(snapshot.layers, room).map((layer) => bar(layer, snapshot.layers, columns, colors));
  const slow = snapshot.inFlight.filter(({ elapsedSeconds }) => elapsedSeconds >= SLOW_SECONDS);
  return [heading, ...bars, ...slowLines(slow, Math.min(MOST_SLOW, room - bars.length), fit, colors)].join("\n");
}

/** When there is not room for all, those that are done go first. */
function layersThatFit(layers: readonly LayerProgress[], room: number): LayerProgress[] {
  const open = layers.filter(({ done, total }) => done < total);
  return (layers.length <= room ? [...layers] : open).slice(0, room);
}

function bar(layer: LayerProgress, all: readonly LayerProgress[], columns: number, colors: Colors): string {
  const labelWidth = Math.min(LONGEST_LABEL, Math.max(...all.map((one) => one.layer.length)));
  const counts = all.map(({ done, total }) => `${count(done)}/${count(total)}`);
  const countWidth = Math.max(...counts.map((text) => text.length));
  const width = Math.min(WIDEST_BAR, columns - 1 - labelWidth - PERCENT - countWidth - 3);
  const { done, failed, total, fraction } = layer;
  const ending = `${percent(fraction).padStart(PERCENT)} ${`${count(done)}/${count(total)}`.padStart(countWidth)}`;
  const label = cut(layer.layer, labelWidth).padEnd(labelWidth);
  if (width < NARROWEST_BAR) return cut(`${label}${ending}`, columns - 1);
  const filled = done === total ? width : Math.min(width - 1, Math.floor(fraction * width));
  const color = failed > 0 ? colors.red : done === total ? colors.green : colors.cyan;
  return `${label} ${color("█".repeat(filled))}${colors.dim("░".repeat(width - filled))} ${ending}`;
}

function slowLines(slow: readonly InFlight[], room: number, fit: (text: string) => string, colors: Colors): string[] {
  if (room <= 0 || slow.length === 0) return [];
  const shown = slow.slice(0, slow.length > room ? room - 1 : room);
  const rest = slow.length - shown.length;
  return [
    ...shown.map((one) => {
      const text = fit(`  ${one.op} ${printable(one.name)} (${shortType(one.type)}) ${sinceAndUsual(one)}`);
      return one.usualSeconds !== undefined && one.elapsedSeconds > one.usualSeconds ? colors.yellow(text) : text;
    }),
    ...(rest > 0 ? [colors.dim(fit(`  and ${count(rest)} more in flight`))] : []),
  ];
}

function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
}
