import colors from "picocolors";
import { wrapped } from "../report/wrapped";
import { columns, type TextOptions, widest } from "../text-layout";
import { type ScheduleDocument } from "./schedule-schema";
import { avoidableText, criticalSteps, minutesText, scheduleTitle } from "./schedule-words";

const MOST_AVOIDABLE = 5;
const INDENT = "  ";
const AT = widest([], 9);
const LASTS = widest([], 6);

/** How long it takes and what holds it up, for the terminal. */
export function scheduleText(schedule: ScheduleDocument, options: Pick<TextOptions, "width">): string {
  const { steps, short } = criticalSteps(schedule);
  const rows = steps.map(({ at, minutes, name, type }) => [
    colors.dim(`at ${minutesText(at)}`),
    minutesText(minutes),
    `${name} ${colors.dim(type)}`,
  ]);
  const { avoidable } = schedule;
  const rest = [
    ...(short > 0 ? [`  ${colors.dim(`and ${short} of a few seconds between them`)}`] : []),
    ...avoidable
      .slice(0, MOST_AVOIDABLE)
      .flatMap((one) => wrapped(avoidableText(one), options.width - INDENT.length))
      .map((line) => `${INDENT}${colors.yellow(line)}`),
    ...(avoidable.length > MOST_AVOIDABLE
      ? [`  ${colors.yellow(`and ${avoidable.length - MOST_AVOIDABLE} more that need not wait`)}`]
      : []),
  ];
  const title = wrapped(scheduleTitle(schedule), options.width).map((line) => colors.bold(line));
  return `${title.join("\n")}\n${[columns(rows, [AT, LASTS], options), ...rest].join("\n")}\n`;
}
