import type * as pulumi from "@pulumi/pulumi";
import { type Apm } from "./apm";

/** Where the files of an instrumentation agent are in a service's container. */
export const INSTRUMENTATION_PATH = "/otel-auto-instrumentation";

/** What a workload's traces are named by. */
export interface TracedWorkload {
  readonly service: string;
  readonly environment: string;
  readonly apm: Pick<Apm, "sampling">;
}

/**
 * Variables that every OpenTelemetry SDK reads (OpenTelemetry specification, "Environment Variable Specification", 2026-11). The service's name is
 * that of its logs and metrics. Metrics and logs have ways of their own here, so an agent must not send them a second time.
 */
export function sdkVariables({ service, environment, apm }: TracedWorkload): Record<string, pulumi.Input<string>> {
  return {
    OTEL_SERVICE_NAME: service,
    OTEL_RESOURCE_ATTRIBUTES: `deployment.environment.name=${environment}`,
    // The decision of whoever called is kept; only a new trace is drawn for.
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: String(apm.sampling),
    // Load balancers and Lambda hand X-Ray's header on, everything else W3C's.
    OTEL_PROPAGATORS: "tracecontext,baggage,xray",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
  };
}

/** Variables of a workload that sends to a collector over OTLP. */
export function exporterVariables(endpoint: pulumi.Input<string>): Record<string, pulumi.Input<string>> {
  return { OTEL_TRACES_EXPORTER: "otlp", OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf", OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
}
