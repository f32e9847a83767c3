import { z } from "zod";
import { LAMBDA_LIMITS } from "../../../facts/limits-lambda";
import { SERVICE_COMPONENT } from "../../lib/declared-service";
import { type Finding, judge } from "../../lib/finding";
import { number, read, type Resource } from "../../lib/resource";
import { notEvaluated, resourceRule, type Verdict } from "../../lib/rule";

const MS_PER_SECOND = 1_000;

/** What a service declares that a function has a limit for. */
interface Declared {
  readonly property: string;
  readonly limit: number;
  readonly amount: (value: number) => string;
  /** What it does with that amount. */
  readonly says: (amount: string) => string;
}

const config = z.strictObject({
  startMs: z
    .number()
    .positive()
    .max(LAMBDA_LIMITS.init.value)
    .default(LAMBDA_LIMITS.init.value)
    .describe("Longest start of a service on Lambda, in milliseconds. Default, and most: the end of Lambda's init phase."),
  memoryMib: z
    .number()
    .positive()
    .max(LAMBDA_LIMITS.memoryMax.value)
    .default(LAMBDA_LIMITS.memoryMax.value)
    .describe("Most memory of a service on Lambda, in MiB. Default, and most: that of the largest function."),
});

/** Reads what services declare, so it has nothing to say about a stack without `strata:service:Service` components. */
export const lambdaSuitsItsService = resourceRule({
  id: "lambda-suits-its-service",
  title: "No service runs on Lambda that starts too slowly or needs too much memory for it",
  severity: "high",
  why: "Lambda cuts a start off after 10 seconds and begins it again inside the first request, and has no function with more than 10,240 MB; a long-lived service loads once.",
  fix: "Run the service on ECS or EKS, or make it start faster and hold less: load less, or later.",
  links: [LAMBDA_LIMITS.init.source, LAMBDA_LIMITS.memoryMax.source],
  frameworks: [],
  types: [SERVICE_COMPONENT],
  config,
  check: (service, { startMs, memoryMib }) =>
    verdicts(service, [
      {
        property: "demand.start",
        limit: startMs,
        amount: (ms) => `${ms / MS_PER_SECOND} s`,
        says: (amount) => `it takes ${amount} to start`,
      },
      { property: "demand.memory", limit: memoryMib, amount: (mib) => `${mib} MiB`, says: (amount) => `it needs ${amount} of memory` },
    ]),
});

function verdicts(service: Resource, declared: readonly Declared[]): Verdict[] {
  const target = read(service, "target");
  if (target.state === "unknown") return [notEvaluated(service.urn, "where it runs is not known yet", "target")];
  if (target.state === "absent" || target.value !== "lambda") return [];
  return [
    judge(
      service,
      `${service.name} runs on Lambda`,
      declared.flatMap((about) => findings(service, about)),
    ),
  ];
}

function findings(service: Resource, { property, limit, amount, says }: Declared): Finding[] {
  const reading = read(service, property);
  const value = number(reading);
  if (value === undefined) {
    const why = reading.state === "absent" ? "is not declared" : "is not known yet";
    return [{ what: `its ${property} ${why}`, property, unknown: true }];
  }
  return value > limit ? [{ what: `${says(amount(value))}, the most is ${amount(limit)}`, property }] : [];
}
