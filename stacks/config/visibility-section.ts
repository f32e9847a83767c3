import { z } from "zod";
import { quantity } from "../../components/quantity";
import { LOG_RETENTION_DAYS } from "../../facts/cloudwatch";
import { VisibilityHostKey } from "./visibility/host";
import { ApmKey } from "./visibility/apm";
import { LogsKey } from "./visibility/logs";
import { MetricsKey } from "./visibility/metrics";
import { AlarmsKey } from "./visibility/alarms";
import { GrafanaKey } from "./visibility/grafana";

/** `strata:visibility`: what is kept of what services say. */
export const VisibilitySection = z
  .strictObject({
    logDays: z
      .union(LOG_RETENTION_DAYS.map((days) => z.literal(days)))
      .default(7)
      .describe("Days CloudWatch keeps logs; one of the numbers CloudWatch knows."),
    containerInsights: z.enum(["disabled", "enabled", "enhanced"]).default("enabled").describe("Depth of ECS Container Insights metrics."),
    alarms: AlarmsKey,
    host: VisibilityHostKey,
    apm: ApmKey,
    latencyTarget: quantity("duration", "500ms").prefault("1s").describe("Time under which 95 of 100 requests must be answered."),
    logs: LogsKey,
    grafana: GrafanaKey,
    metrics: MetricsKey,
  })
  .prefault({})
  .describe("What is kept of what services say.");
