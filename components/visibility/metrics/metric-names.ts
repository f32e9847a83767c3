/**
 * Where a metric is found in Graphite. Senders and dashboards both take it from here, so that no dashboard asks for what nobody sends.
 *
 * | path                                                     | what                                                    |
 * | -------------------------------------------------------- | ------------------------------------------------------- |
 * | `strata.<environment>.hosts.<host>.<family>.<chart>.<dimension>` | an instance or node, as its Netdata says it     |
 * | `strata.<environment>.tasks.<service>.<task>.<metric>`    | a Fargate task, as its sidecar reads it                  |
 * | `strata.<environment>.apps.<type>.<service>.<metric>…`    | what an application sends by StatsD, `<type>` is StatsD's |
 *
 * Metrics of a task, and below `containers.<name>` of each container in it: `cpu.percent` of the task's vCPUs and `memory.bytes`; of the task
 * alone `memory.percent`, `storage.percent`, and bytes a second as `network.received`, `network.sent`, `disk.read` and `disk.written`.
 */
const ROOT = "strata";

/** Start of all metrics of one kind in an environment, without a dot at the end. */
export function metricPrefix(environment: string, kind: "hosts" | "tasks" | "apps"): string {
  return `${ROOT}.${metricNode(environment)}.${kind}`;
}

/** One level of a path: a dot would make another level, and Graphite gives other characters a meaning. */
export function metricNode(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]/g, "-");
}
