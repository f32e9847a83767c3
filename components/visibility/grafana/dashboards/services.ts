import { type Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { metricNode, metricPrefix } from "../../metrics/metric-names";
import { type KnownInput, type KnownService } from "./input";
import { dashboard, type DashboardLink, graph, logLines, type Panel, type Row, table } from "./panels";
import { cloudwatch, graphite, lineRate, lines, type Lettered, traces } from "./queries";
import { dashboardUid } from "./uids";

const PERCENTILES = ["p50", "p95", "p99"] as const;
const MINUTE = 60;
/** Places in the paths of tasks and applications: `strata.<environment>.tasks.<service>.<task>.<metric>`, `….apps.<type>.<service>.<metric>`. */
const TASK_NODE = 4;
const APP_METRIC_NODE = 5;

function percentiles(namespace: string, metric: string, dimensions: Readonly<Record<string, string>>): Lettered[] {
  return PERCENTILES.map((statistic) => cloudwatch(namespace, metric, { dimensions, statistic, label: statistic, period: MINUTE }));
}

function sum(namespace: string, metric: string, dimensions: Readonly<Record<string, string>>, label: string): Lettered {
  return cloudwatch(namespace, metric, { dimensions, statistic: "Sum", label, period: MINUTE });
}

type Running<On extends KnownService["runtime"]["on"]> = Extract<KnownService["runtime"], { on: On }>;
type Targets = Omit<Running<"pods">["tcp"][number], "port">;

/** Rate, errors and duration of a service, and of a set of them (Wilkie, "The RED Method"). */
export interface Red {
  readonly rate: readonly Lettered[];
  readonly errors: readonly Lettered[];
  readonly duration: readonly Lettered[];
}

/** Of a service whose requests are counted: by the load balancer, by Lambda, else by Service Connect; undefined where nobody counts them. */
export function red({ requests }: KnownService): Red | undefined {
  switch (requests?.counted) {
    case undefined:
      return undefined;
    case "load balancer": {
      const dimensions = { LoadBalancer: requests.loadBalancer, TargetGroup: requests.targetGroup };
      const elb = "AWS/ApplicationELB";
      return {
        rate: [sum(elb, "RequestCount", dimensions, "requests")],
        errors: [sum(elb, "HTTPCode_Target_5XX_Count", dimensions, "5xx")],
        duration: percentiles(elb, "TargetResponseTime", dimensions),
      };
    }
    case "function": {
      const dimensions = { FunctionName: requests.functionName };
      return {
        rate: [sum("AWS/Lambda", "Invocations", dimensions, "invocations")],
        errors: [sum("AWS/Lambda", "Errors", dimensions, "errors"), sum("AWS/Lambda", "Throttles", dimensions, "throttles")],
        duration: percentiles("AWS/Lambda", "Duration", dimensions),
      };
    }
    case "service connect": {
      const { discoveryName } = requests;
      const target = { TargetDiscoveryName: discoveryName };
      return {
        rate: [sum("AWS/ECS", "RequestCount", { DiscoveryName: discoveryName }, "requests")],
        errors: [sum("AWS/ECS", "HTTPCode_Target_5XX_Count", target, "5xx")],
        duration: percentiles("AWS/ECS", "TargetResponseTime", target),
      };
    }
  }
}

/** Lambda and Service Connect count milliseconds, the load balancer seconds. */
export function durationUnit({ requests }: KnownService): "s" | "ms" {
  return requests?.counted === "load balancer" ? "s" : "ms";
}

function redRow(service: KnownService): Row {
  const of = red(service);
  if (!of) return { title: "Requests", panels: [] };
  return {
    title: "Requests",
    panels: [
      graph("Rate", { unit: "short", description: "Requests a minute." }, of.rate),
      graph("Errors", { unit: "short", description: "Failed requests a minute." }, of.errors),
      graph("Duration", { unit: durationUnit(service), description: "Half, 95 and 99 of 100 requests take less." }, of.duration),
    ],
  };
}

function taskPanels({ clusterName, serviceName, countsTasks }: Running<"tasks">): Panel[] {
  const dimensions = { ClusterName: clusterName, ServiceName: serviceName };
  const used = (metric: string) =>
    (["Average", "Maximum"] as const).map((statistic) => cloudwatch("AWS/ECS", metric, { dimensions, statistic, label: statistic }));
  const count = (metric: string, label: string) => cloudwatch("ECS/ContainerInsights", metric, { dimensions, statistic: "Average", label });
  return [
    graph("CPU of its tasks", { unit: "percent", description: "Of what they reserve." }, used("CPUUtilization")),
    graph("Memory of its tasks", { unit: "percent", description: "Of what they reserve." }, used("MemoryUtilization")),
    ...(countsTasks
      ? [graph("Tasks", { unit: "short" }, [count("RunningTaskCount", "running"), count("DesiredTaskCount", "wanted")])]
      : []),
  ];
}

/** Targets behind a load balancer that can, and that cannot serve. */
function targetPanel(title: string, namespace: string, { loadBalancer, targetGroup }: Targets): Panel {
  const dimensions = { LoadBalancer: loadBalancer, TargetGroup: targetGroup };
  return graph(title, { unit: "short" }, [
    cloudwatch(namespace, "HealthyHostCount", { dimensions, statistic: "Minimum", label: "healthy" }),
    cloudwatch(namespace, "UnHealthyHostCount", { dimensions, statistic: "Maximum", label: "unhealthy" }),
  ]);
}

function runtimePanels(runtime: KnownService["runtime"]): Panel[] {
  switch (runtime.on) {
    case "tasks":
      return taskPanels(runtime);
    case "function":
      return [
        graph("At once", { unit: "short", description: "Calls that are being served." }, [
          cloudwatch("AWS/Lambda", "ConcurrentExecutions", { dimensions: { FunctionName: runtime.functionName }, statistic: "Maximum" }),
        ]),
      ];
    case "runs":
      return [
        graph("Runs that failed", { unit: "short", description: "They lie in the queue of dead letters." }, [
          cloudwatch("AWS/SQS", "ApproximateNumberOfMessagesVisible", {
            dimensions: { QueueName: runtime.deadLettersName },
            statistic: "Maximum",
          }),
        ]),
      ];
    case "pods":
      return runtime.tcp.map((targets) => targetPanel(`Pods behind port ${targets.port}`, "AWS/NetworkELB", targets));
  }
}

function workloadPanels({ runtime, requests }: KnownService): Panel[] {
  const balanced = requests?.counted === "load balancer" ? [targetPanel("Targets", "AWS/ApplicationELB", requests)] : [];
  return [...runtimePanels(runtime), ...balanced];
}

/** What the sidecar of a Fargate task and StatsD in the application send, finer than CloudWatch has it. */
function graphitePanels(input: KnownInput, { name, target }: KnownService): Panel[] {
  if (!input.graphite) return [];
  const service = metricNode(name);
  const task = (metric: string) => [
    graphite(`aliasByNode(${metricPrefix(input.environment, "tasks")}.${service}.*.${metric}, ${TASK_NODE}, -1)`),
  ];
  const app = (type: string, field: string) =>
    graphite(`aliasByNode(${metricPrefix(input.environment, "apps")}.${type}.${service}.*${field}, ${APP_METRIC_NODE})`);
  const sidecar = input.graphite.tasks && (target === "fargate" || target === "fargate-job");
  return [
    ...(sidecar ? TASK_GRAPHS.map(({ title, unit, metric }) => graph(title, { unit }, task(metric))) : []),
    graph("Counters of the application", { unit: "short", description: "A second, as StatsD adds them up." }, [app("counters", ".rate")]),
    graph("Timers of the application", { unit: "ms", description: "95 of 100 take less." }, [app("timers", ".upper_95")]),
    graph("Gauges of the application", { unit: "short" }, [app("gauges", "")]),
  ];
}

/** Metrics of a task's sidecar that are shown, by where they stand below the task. */
const TASK_GRAPHS = [
  { title: "CPU of each task", unit: "percent", metric: "cpu.percent" },
  { title: "Memory of each task", unit: "percent", metric: "memory.percent" },
  { title: "Disk of each task", unit: "percent", metric: "storage.percent" },
  { title: "Traffic of each task", unit: "Bps", metric: "network.{received,sent}" },
] as const;

function logRows({ environment, logs }: KnownInput, { name: service }: KnownService): Row[] {
  if (!logs) return [];
  const selection = { environment, service };
  return [
    {
      title: "Logs",
      panels: [
        graph("Lines", { unit: "short", stacked: true, description: "A minute, by what wrote them." }, [lineRate(logs, selection)]),
        logLines("Newest lines", lines(logs, selection)),
      ],
    },
  ];
}

function traceRows(input: KnownInput, { name }: KnownService): Row[] {
  return input.traces ? [{ title: "Traces", panels: [table("Traces it is in", traces(name))] }] : [];
}

/** Where one looks next: the services it calls, its stores, its layer. */
function linksOf({ services, stores }: KnownInput, { name, calls }: KnownService): DashboardLink[] {
  const known = new Set(services.map((service) => service.name));
  return [
    { title: "All services", uid: dashboardUid("layer", "compute") },
    ...calls.filter((called) => known.has(called)).map((called) => ({ title: called, uid: dashboardUid("service", called) })),
    ...stores
      .filter(({ users }) => users.some(({ service }) => service === name))
      .map(({ id }) => ({ title: id, uid: dashboardUid("store", id) })),
  ];
}

/** The dashboard of one service: its requests, what it runs on, what it says, the traces it is in. */
export function serviceDashboard(input: KnownInput, service: KnownService): Dashboard {
  const { name, target, critical } = service;
  return dashboard({
    uid: dashboardUid("service", name),
    title: `Service ${name}`,
    tags: ["service", target, input.environment, ...(critical ? ["critical"] : [])],
    rows: [
      redRow(service),
      { title: "Workload", panels: workloadPanels(service) },
      { title: "Fine metrics", panels: graphitePanels(input, service) },
      ...logRows(input, service),
      ...traceRows(input, service),
    ],
    links: linksOf(input, service),
  });
}
