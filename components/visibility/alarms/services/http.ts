import type * as pulumi from "@pulumi/pulumi";
import { type AlarmSpec, LASTING, type MetricReference, metricsFrom, SOON } from "../alarm-spec";

/** A target group of the load balancer that HTTP comes through. */
export interface ObservedTargetGroup {
  /** `arnSuffix` of the load balancer. */
  readonly loadBalancer: pulumi.Input<string>;
  /** `arnSuffix` of the target group. */
  readonly targetGroup: pulumi.Input<string>;
}

const ERROR_PERCENT = 5;
const REQUESTS_WORTH_A_RATE = 20;
const MS_PER_SECOND = 1000;

/**
 * Too many failed requests. A number of them would fire at night for one of one, or stay quiet at noon with thousands; a share does not.
 * @param says which requests: `requests answered with 5xx`.
 */
export function failedShare(
  suffix: string,
  says: string,
  counts: { readonly requests: MetricReference; readonly errors: MetricReference },
  percent = ERROR_PERCENT,
): AlarmSpec {
  return {
    suffix,
    concern: "errors",
    severity: "critical",
    says: `more than ${percent} % of ${says}`,
    measure: {
      metrics: counts,
      expression: `IF(requests > ${REQUESTS_WORTH_A_RATE}, 100 * FILL(errors, 0) / requests, 0)`,
      label: "failed, percent",
    },
    fires: "above",
    threshold: percent,
    because:
      percent === ERROR_PERCENT ? "one of 20 is more than a second try makes up for" : "what is new must be better than what is there",
    ...SOON,
  };
}

/** Whether those that a load balancer sends requests to answer its health check. */
function healthSpecs(read: ReturnType<typeof metricsFrom>, prefix: string, one: string, none: string): AlarmSpec[] {
  return [
    {
      suffix: `${prefix}unhealthy`,
      concern: "availability",
      severity: "ordinary",
      says: one,
      measure: read("UnHealthyHostCount", "Maximum"),
      fires: "above",
      threshold: 0,
      because: "a new one is healthy after half a minute, a sick one is replaced within minutes",
      ...SOON,
      datapoints: SOON.periods,
    },
    {
      suffix: `${prefix}none-healthy`,
      concern: "availability",
      severity: "critical",
      says: none,
      measure: read("HealthyHostCount", "Maximum"),
      fires: "below",
      threshold: 1,
      because: "there is always one, also during a deployment",
      ...SOON,
      missing: "breaching",
    },
  ];
}

/**
 * A service behind an Application Load Balancer.
 * @param latencyTarget milliseconds under which 95 of 100 requests must be answered.
 */
export function httpSpecs(target: ObservedTargetGroup, latencyTarget: number): AlarmSpec[] {
  const read = metricsFrom("AWS/ApplicationELB", { LoadBalancer: target.loadBalancer, TargetGroup: target.targetGroup });
  return [
    failedShare("5xx", "requests answered with 5xx", {
      requests: read("RequestCount", "Sum"),
      errors: read("HTTPCode_Target_5XX_Count", "Sum"),
    }),
    {
      suffix: "latency",
      concern: "latency",
      severity: "ordinary",
      says: `95 of 100 requests take longer than ${latencyTarget} ms`,
      measure: read("TargetResponseTime", "p95"),
      fires: "above",
      threshold: latencyTarget / MS_PER_SECOND,
      because: "it is the latencyTarget of the environment",
      ...SOON,
    },
    ...healthSpecs(read, "", "a task does not answer its health check", "nobody answers its health check: every request fails"),
  ];
}

/** A port of a service behind a Network Load Balancer, which only knows whether somebody takes connections. */
export function tcpSpecs(port: string, target: ObservedTargetGroup): AlarmSpec[] {
  const read = metricsFrom("AWS/NetworkELB", { LoadBalancer: target.loadBalancer, TargetGroup: target.targetGroup });
  return healthSpecs(read, `${port}-`, `a pod takes no connections on ${port}`, `nobody takes connections on ${port}`);
}

/**
 * A service that only services call, as their Service Connect proxies see it.
 * @param discoveryName its name in the namespace.
 */
export function internalSpecs(discoveryName: string, latencyTarget: number): AlarmSpec[] {
  const requests = metricsFrom("AWS/ECS", { DiscoveryName: discoveryName });
  const answers = metricsFrom("AWS/ECS", { TargetDiscoveryName: discoveryName });
  return [
    failedShare("5xx", "calls of other services answered with 5xx", {
      requests: requests("RequestCount", "Sum"),
      errors: answers("HTTPCode_Target_5XX_Count", "Sum"),
    }),
    {
      suffix: "latency",
      concern: "latency",
      severity: "ordinary",
      says: `calls of other services take longer than ${latencyTarget} ms`,
      measure: answers("TargetResponseTime", "Average"),
      fires: "above",
      threshold: latencyTarget,
      because: "it is the latencyTarget of the environment; Service Connect counts in milliseconds",
      ...LASTING,
    },
  ];
}
