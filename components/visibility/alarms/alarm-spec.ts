import type * as pulumi from "@pulumi/pulumi";

/** A metric of CloudWatch and how its values of one period become one number. */
export interface MetricReference {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  /** `Average`, `Sum`, `Maximum`, `Minimum`, `SampleCount`, or an extended one such as `p95` or `PR(:0.3)`. */
  readonly stat: string;
}

/** A number made of several metrics. */
export interface MetricMath {
  readonly metrics: Readonly<Record<string, MetricReference>>;
  /** Metric math over their ids. */
  readonly expression: string;
  /** What the number is, for a graph. */
  readonly label: string;
}

export type Measure = MetricReference | MetricMath;

/** What an alarm is about. */
export type Concern = "saturation" | "errors" | "latency" | "lag" | "replication" | "availability" | "dead letters";

/**
 * `critical`: somebody is being hurt, or will be within the hour if nobody does something. `ordinary`: look at it in working hours.
 */
export type Severity = "critical" | "ordinary";

/** An alarm before it is made: what it looks at, when it fires, and why just then. */
export interface AlarmSpec {
  /** What ends its name, unique among the alarms of what it watches. */
  readonly suffix: string;
  readonly concern: Concern;
  readonly severity: Severity;
  /** What is wrong when it fires, in words that follow the name. */
  readonly says: string;
  readonly measure: Measure;
  /** Above or below which number. */
  readonly fires: "above" | "below";
  readonly threshold: number;
  /** Why this number: what it was derived from, or who recommends it. */
  readonly because: string;
  /** Seconds. */
  readonly period: number;
  /** Periods that are looked at, and how many of them must be beyond the threshold. */
  readonly periods: number;
  readonly datapoints: number;
  /** What a period without a value counts as. Default: fine, as no request is no failed request. */
  readonly missing?: "notBreaching" | "breaching";
}

/** Five minutes of which three are bad: a blip is not told, an outage after three minutes is. */
export const SOON = { period: 60, periods: 5, datapoints: 3 } as const;
/** A quarter of an hour, all of it. */
export const LASTING = { period: 300, periods: 3, datapoints: 3 } as const;

export function isMath(measure: Measure): measure is MetricMath {
  return "expression" in measure;
}

/** The metrics that an alarm reads, each of which is charged. */
export function metricsOf({ measure }: AlarmSpec): readonly MetricReference[] {
  return isMath(measure) ? Object.values(measure.metrics) : [measure];
}

/** One kind of resource as CloudWatch knows it: makes references to its metrics. */
export function metricsFrom(namespace: string, dimensions: MetricReference["dimensions"]) {
  return (metricName: string, stat: string, more: MetricReference["dimensions"] = {}): MetricReference => ({
    namespace,
    metricName,
    dimensions: { ...dimensions, ...more },
    stat,
  });
}

const WANTED_ANYWHERE: ReadonlySet<Concern> = new Set(["errors", "dead letters", "lag"]);

/**
 * The alarms that are worth their price in an environment. Where nothing is lost when it stands still for a day, those are what fails, what
 * lags and what is critical; of something that has none of these, all.
 */
export function worthTheirPrice(specs: readonly AlarmSpec[], durable: boolean): readonly AlarmSpec[] {
  if (durable) return specs;
  const wanted = specs.filter(({ severity, concern }) => severity === "critical" || WANTED_ANYWHERE.has(concern));
  return wanted.length > 0 ? wanted : specs;
}

/**
 * An alarm that fires when something sends no metrics any more, which it does for as long as it lives.
 * @param samples how many values there were.
 */
export function silent(samples: Measure, what: string): AlarmSpec {
  return {
    suffix: "silent",
    concern: "availability",
    severity: "critical",
    says: `${what} sends no metrics: it is down, or is being replaced`,
    measure: samples,
    fires: "below",
    threshold: 1,
    because: "it sends one a minute for as long as it runs",
    period: 60,
    periods: 10,
    datapoints: 10,
    missing: "breaching",
  };
}
