import type * as pulumi from "@pulumi/pulumi";
import { type AlarmSpec, LASTING, metricsFrom } from "../alarm-spec";

/** Tasks of ECS that run for as long as they are wanted. */
export interface ObservedTasks {
  readonly clusterName: pulumi.Output<string>;
  readonly serviceName: pulumi.Output<string>;
  /** Fewest of them there should be. */
  readonly fewest: number;
  /** True when the cluster counts running tasks, which Container Insights does. */
  readonly countsTasks: boolean;
  /** True for a worker that may use all of its CPU. Default: false. */
  readonly worker?: boolean;
}

const CPU_PERCENT = 90;
const MEMORY_PERCENT = 90;

/** Tasks: too few of them, CPU and memory. */
export function taskSpecs({ clusterName, serviceName, fewest, countsTasks, worker = false }: ObservedTasks): AlarmSpec[] {
  const dimensions = { ClusterName: clusterName, ServiceName: serviceName };
  const read = metricsFrom("AWS/ECS", dimensions);
  const saturation = (suffix: string, what: string, metricName: string, threshold: number, because: string): AlarmSpec => ({
    suffix,
    concern: "saturation",
    severity: "ordinary",
    says: `its tasks use more than ${threshold} % of their ${what}`,
    measure: read(metricName, "Average"),
    fires: "above",
    threshold,
    because,
    ...LASTING,
  });
  return [
    ...(countsTasks && fewest > 0
      ? [
          {
            suffix: "tasks",
            concern: "availability",
            severity: "critical",
            says: `fewer than ${fewest} of its tasks run`,
            measure: metricsFrom("ECS/ContainerInsights", dimensions)("RunningTaskCount", "Maximum"),
            fires: "below",
            threshold: fewest,
            because: `${fewest} are its fewest; ECS replaces a lost one within minutes`,
            period: 60,
            periods: 10,
            datapoints: 10,
            missing: "breaching",
          } satisfies AlarmSpec,
        ]
      : []),
    ...(worker
      ? []
      : [saturation("cpu", "CPU", "CPUUtilization", CPU_PERCENT, "tasks are added from 60 % on; there are as many as may be")]),
    saturation("memory", "memory", "MemoryUtilization", MEMORY_PERCENT, "a task that reaches 100 % is killed"),
  ];
}
