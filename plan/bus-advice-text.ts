import colors from "picocolors";
import { dollars } from "../components/compute/placement/money";
import { type Way } from "../components/persistence/self-managed-advice";
import { type BusAdvice } from "./bus-advice";
import { columns, type TextOptions } from "./text-layout";

function cost({ total, unpriced }: Way): string {
  return unpriced.length > 0 ? "unpriced" : dollars(total);
}

function parts({ lines, work, unpriced }: Way): string {
  return [
    ...lines.map(({ what, usd }) => `${what} ${usd === undefined ? "unpriced" : dollars(usd)}`),
    ...(work > 0 ? [`work ${dollars(work)}`] : []),
    ...(unpriced.length > 0 ? ["so it cannot be compared"] : []),
  ].join(", ");
}

/** What is said of the buses: both ways with what they are made of, and what was assumed. */
export function busAdviceText(all: readonly BusAdvice[], options: Pick<TextOptions, "width">): string {
  return all
    .map((bus) => {
      const title = `${colors.bold(bus.system)} is ${bus.mode} here`;
      if ("why" in bus) return `${title}\n  ${bus.why}\n`;
      const { managed, selfManaged, cheaper, operating } = bus.advice;
      const mark = (way: typeof cheaper) => (cheaper === way ? colors.green(`✔ ${way}`) : `  ${way}`);
      const rows = [
        [mark("managed"), cost(managed), parts(managed)],
        [mark("self-managed"), cost(selfManaged), parts(selfManaged)],
      ];
      const assumed = `assumed: ${operating.hoursPerMonth} h a month at ${operating.usdPerHour} USD to run it oneself`;
      return `${title}\n${columns(rows, [19, 12], options)}\n  ${colors.dim(assumed)}\n`;
    })
    .join("\n");
}
