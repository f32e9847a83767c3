import { z } from "zod";
import { SERVICE_COMPONENT } from "../../lib/declared-service";
import { isOverruled } from "../../lib/reason";
import { isObject, read, type Resource, text } from "../../lib/resource";
import { fail, notEvaluated, pass, resourceRule, type Verdict } from "../../lib/rule";

/** Below this the estimates differ by less than they are exact. */
const DEFAULT_PERCENT = 10;
const PERCENT = 100;

const config = z.strictObject({
  percent: z
    .number()
    .min(0)
    .default(DEFAULT_PERCENT)
    .describe("By how many percent the target of a service may cost more a month than the cheapest one that could run it."),
});

/** Reads what services declare, so it has nothing to say about a stack without `strata:service:Service` components. */
export const targetIsNotDearerWithoutReason = resourceRule({
  id: "target-is-not-dearer-without-reason",
  title: "No service runs where it costs more than it has to, unless its descriptor says why",
  severity: "medium",
  why: "Steady demand past the crossover costs more on Fargate than on instances, and more still on Lambda, every month; spiky demand the other way round.",
  fix: "Set place to auto, or name the target with its reason in place.because of the service's descriptor.",
  links: [
    "https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/select-the-correct-resource-type-size-and-number.html",
  ],
  frameworks: [],
  types: [SERVICE_COMPONENT],
  config,
  check: (service, { percent }) => {
    const prices = read(service, "monthlyUsd");
    return prices.state === "absent" ? [] : [verdict(service, percent)];
  },
});

function verdict(service: Resource, percent: number): Verdict {
  const { urn, name } = service;
  const target = text(read(service, "target"));
  if (target === undefined) return notEvaluated(urn, "where it runs is not known", "target");
  const overruled = isOverruled(service);
  if (overruled === true) return pass(urn);
  const prices = pricesOf(service);
  const own = prices.get(target);
  if (own === undefined) return notEvaluated(urn, `what it costs on ${target} is not known`, "monthlyUsd");
  for (const [other, usd] of prices) {
    if (usd === undefined || own <= usd * (1 + percent / PERCENT)) continue;
    if (overruled === undefined) return notEvaluated(urn, "whether it has a reason is not known yet", "overruled");
    const more = Math.round((own / usd - 1) * PERCENT);
    return fail(urn, `${name} costs $${own.toFixed(2)} a month on ${target}, ${more} % more than $${usd.toFixed(2)} on ${other}`, "target");
  }
  return [...prices.values()].includes(undefined) ? notEvaluated(urn, "what it costs elsewhere is not known yet", "monthlyUsd") : pass(urn);
}

/** US dollars a month by target, the cheapest first; undefined where they are not known yet. */
function pricesOf(service: Resource): Map<string, number | undefined> {
  const prices = read(service, "monthlyUsd");
  if (prices.state !== "known" || !isObject(prices.value)) return new Map();
  const known = Object.entries(prices.value).map(([target, usd]): [string, number | undefined] => [
    target,
    typeof usd === "number" ? usd : undefined,
  ]);
  return new Map(known.sort(([, one = Infinity], [, other = Infinity]) => one - other));
}
