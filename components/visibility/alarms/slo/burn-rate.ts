import { type AlarmSpec, type MetricMath, metricsFrom } from "../alarm-spec";
import { type RequestSource } from "../observed-service";
import { BURN_WINDOWS, burnRate, burnThreshold, type BurnWindow, type ServiceLevelObjective } from "./objective";

/** One promise, one speed: both windows must be beyond the threshold. */
export interface BurnSpec {
  /** What ends the name of the alarm that joins the two. */
  readonly suffix: string;
  readonly speed: BurnWindow["speed"];
  readonly says: string;
  readonly long: AlarmSpec;
  readonly short: AlarmSpec;
}

type Promised = "availability" | "latency";

const MS_PER_SECOND = 1000;
const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3_600;
const MS_PER_DAY = 86_400_000;

/** A share of bad requests. One bad one alone is no share: it would be a hundred percent of a quiet night. */
function share(bad: string, total: string): string {
  return `IF(${bad} > 1, (${bad}) / (${total}), 0)`;
}

/** Bad requests as a share of all, by where they are counted. */
function failed(source: RequestSource): MetricMath {
  const label = "failed, share";
  switch (source.counted) {
    case "load balancer": {
      const read = metricsFrom("AWS/ApplicationELB", { LoadBalancer: source.loadBalancer, TargetGroup: source.targetGroup });
      return {
        metrics: { total: read("RequestCount", "Sum"), bad: read("HTTPCode_Target_5XX_Count", "Sum") },
        expression: share("FILL(bad, 0)", "total"),
        label,
      };
    }
    case "function": {
      const read = metricsFrom("AWS/Lambda", { FunctionName: source.functionName });
      // Calls that were refused are not among the invocations, and their callers got nothing.
      return {
        metrics: { calls: read("Invocations", "Sum"), errors: read("Errors", "Sum"), refused: read("Throttles", "Sum") },
        expression: share("FILL(errors, 0) + FILL(refused, 0)", "FILL(calls, 0) + FILL(refused, 0)"),
        label,
      };
    }
    case "service connect": {
      const requests = metricsFrom("AWS/ECS", { DiscoveryName: source.discoveryName });
      const answers = metricsFrom("AWS/ECS", { TargetDiscoveryName: source.discoveryName });
      return {
        metrics: { total: requests("RequestCount", "Sum"), bad: answers("HTTPCode_Target_5XX_Count", "Sum") },
        expression: share("FILL(bad, 0)", "total"),
        label,
      };
    }
  }
}

/** Slow requests as a share of all. CloudWatch says which percent was quick enough. */
function slow(source: RequestSource, under: number): MetricMath {
  const label = "slow, share";
  const expression = share("total * (100 - quick) / 100", "total");
  if (source.counted === "load balancer") {
    const read = metricsFrom("AWS/ApplicationELB", { LoadBalancer: source.loadBalancer, TargetGroup: source.targetGroup });
    return {
      metrics: { total: read("RequestCount", "Sum"), quick: read("TargetResponseTime", `PR(:${under / MS_PER_SECOND})`) },
      expression,
      label,
    };
  }
  if (source.counted === "function") {
    const read = metricsFrom("AWS/Lambda", { FunctionName: source.functionName });
    return { metrics: { total: read("Invocations", "Sum"), quick: read("Duration", `PR(:${under})`) }, expression, label };
  }
  throw new Error("Service Connect does not say which requests were quick");
}

function span(seconds: number): string {
  return seconds < SECONDS_PER_HOUR ? `${seconds / SECONDS_PER_MINUTE}min` : `${seconds / SECONDS_PER_HOUR}h`;
}

function burnSpec(promised: Promised, measure: MetricMath, percent: number, window: number, burn: BurnWindow): BurnSpec {
  const threshold = burnThreshold(burn, window, percent);
  const rate = Number(burnRate(burn, window).toPrecision(3));
  const days = window / MS_PER_DAY;
  const what = promised === "availability" ? "requests fail" : "requests are slow";
  const side = (seconds: number): AlarmSpec => ({
    suffix: `slo-${promised}-${span(seconds)}`,
    concern: promised === "availability" ? "errors" : "latency",
    severity: burn.speed === "fast" ? "critical" : "ordinary",
    says: `more than ${Number((threshold * 100).toPrecision(3))} % of ${what} over ${span(seconds)}`,
    measure,
    fires: "above",
    threshold,
    because: `${rate} times the ${Number((100 - percent).toPrecision(3))} % that ${percent} % over ${days} days allow`,
    period: seconds,
    periods: 1,
    datapoints: 1,
  });
  return {
    suffix: `slo-${promised}-${burn.speed}`,
    speed: burn.speed,
    says: `${what} so often that ${burn.budget * 100} % of what ${percent} % over ${days} days allow are gone within ${span(burn.long)}`,
    long: side(burn.long),
    short: side(burn.short),
  };
}

/**
 * The alarms of a service's objective: for each promise a fast and a slow one, of two windows each. Metrics of one alarm must have the same
 * period, so the windows are alarms of their own that a third joins (CloudWatch API reference, PutMetricAlarm, 2026-11).
 */
export function burnSpecs({ availability, latency, window }: ServiceLevelObjective, source: RequestSource): BurnSpec[] {
  return BURN_WINDOWS.flatMap((burn) => [
    burnSpec("availability", failed(source), availability, window, burn),
    ...(latency ? [burnSpec("latency", slow(source, latency.under), latency.share, window, burn)] : []),
  ]);
}
