import type * as pulumi from "@pulumi/pulumi";
import { type AlarmSpec, LASTING, metricsFrom, SOON } from "../alarm-spec";
import { failedShare } from "./http";

/** The load balancer that all HTTP comes through: what it answers itself, because no target did. */
export function loadBalancerSpecs(arnSuffix: pulumi.Input<string>): AlarmSpec[] {
  const read = metricsFrom("AWS/ApplicationELB", { LoadBalancer: arnSuffix });
  return [
    failedShare("5xx", "requests answered with 5xx by itself: targets are gone, refuse, or take too long", {
      requests: read("RequestCount", "Sum"),
      errors: read("HTTPCode_ELB_5XX_Count", "Sum"),
    }),
    {
      suffix: "rejected",
      concern: "saturation",
      severity: "ordinary",
      says: "connections are rejected: it has as many as it can have",
      measure: read("RejectedConnectionCount", "Sum"),
      fires: "above",
      threshold: 0,
      because: "it scales by itself, and rejects only what comes faster",
      ...SOON,
    },
  ];
}

/** The HTTP API of an environment. */
export function apiSpecs(apiId: pulumi.Input<string>, stage: string, latencyTarget: number): AlarmSpec[] {
  const read = metricsFrom("AWS/ApiGateway", { ApiId: apiId, Stage: stage });
  return [
    failedShare("5xx", "requests answered with 5xx", { requests: read("Count", "Sum"), errors: read("5xx", "Sum") }),
    {
      suffix: "latency",
      concern: "latency",
      severity: "ordinary",
      says: `95 of 100 requests take longer than ${latencyTarget} ms`,
      measure: read("Latency", "p95"),
      fires: "above",
      threshold: latencyTarget,
      because: "it is the latencyTarget of the environment",
      ...SOON,
    },
  ];
}

/** A NAT gateway: connections that it could not open, packets that it dropped. */
export function natGatewaySpecs(natGatewayId: pulumi.Input<string>, suffix: string): AlarmSpec[] {
  const read = metricsFrom("AWS/NATGateway", { NatGatewayId: natGatewayId });
  return [
    {
      suffix: `${suffix}-ports`,
      concern: "saturation",
      severity: "critical",
      says: "connections to the internet fail: all ports to one destination are in use",
      measure: read("ErrorPortAllocation", "Sum"),
      fires: "above",
      threshold: 0,
      because: "a NAT gateway has 55,000 connections to one destination for each of its addresses (Amazon VPC user guide)",
      ...SOON,
    },
    {
      suffix: `${suffix}-drops`,
      concern: "errors",
      severity: "ordinary",
      says: "it drops packets",
      measure: read("PacketsDropCount", "Sum"),
      fires: "above",
      threshold: 0,
      because: "a value above 0 may be a passing fault of AWS (Amazon VPC user guide); a quarter of an hour is none",
      ...LASTING,
    },
  ];
}

/** The control plane of an EKS cluster, which sends its metrics unasked from Kubernetes 1.28 on. */
export function clusterSpecs(clusterName: pulumi.Input<string>): AlarmSpec[] {
  const read = metricsFrom("AWS/EKS", { ClusterName: clusterName });
  return [
    {
      suffix: "unschedulable",
      concern: "saturation",
      severity: "critical",
      says: "pods find no node: services have fewer copies than they should",
      measure: read("scheduler_pending_pods_UNSCHEDULABLE", "Minimum"),
      fires: "above",
      threshold: 0,
      because: "a new node is there within minutes; after a quarter of an hour none is coming",
      ...LASTING,
    },
    {
      ...failedShare(
        "api-errors",
        "requests to the API server answered with 5xx; pods run on without it, but nothing is healed or scaled",
        {
          requests: read("apiserver_request_total", "Sum"),
          errors: read("apiserver_request_total_5XX", "Sum"),
        },
      ),
      severity: "ordinary",
    },
  ];
}

/** A topic whose messages do not arrive. */
export function topicDeliverySpecs(topicName: pulumi.Input<string>): AlarmSpec[] {
  return [
    {
      suffix: "undelivered",
      concern: "errors",
      severity: "critical",
      says: "alarms do not reach who they are for",
      measure: metricsFrom("AWS/SNS", { TopicName: topicName })("NumberOfNotificationsFailed", "Sum"),
      fires: "above",
      threshold: 0,
      because: "SNS has given up only after trying again and again",
      period: 300,
      periods: 1,
      datapoints: 1,
    },
  ];
}
