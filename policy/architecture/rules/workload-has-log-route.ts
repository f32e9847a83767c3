import { z } from "zod";
import { type Container, containerName, containersOf, TASK_DEFINITION } from "../../lib/containers";
import type { Finding } from "../../lib/finding";
import { judge } from "../../lib/finding";
import type { StackGraph } from "../../lib/graph";
import { POD_TYPES, podSpecOf } from "../../lib/pods";
import { hasReason, REASON_CONFIG } from "../../lib/reason";
import { readAll, readFlag, readPath, read, some, type StackResource, text, type Tri } from "../../lib/resource";
import { stackRule, type Verdict } from "../../lib/rule";
import { FUNCTION, LOG_GROUP, type LogRoutes, logRoutesOf } from "../../lib/visibility/log-groups";

const DAEMON_SET = "kubernetes:apps/v1:DaemonSet";
const CHARTS = ["kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v4:Chart", "kubernetes:helm.sh/v3:Chart"];
const ADDON = "aws:eks/addon:Addon";
const LOG_ADDONS = ["amazon-cloudwatch-observability", "fluent-bit", "aws-for-fluent-bit"];
const LOG_CHARTS = /fluent|promtail|alloy|vector|filebeat|logging|datadog|k8s-monitoring|opentelemetry-collector/;

/** Where nodes keep what their containers write. */
const NODE_LOGS = /^\/var(\/log(\/(pods|containers))?|\/lib\/docker\/containers)?\/?$|^\/$/;

/** Log drivers of ECS that keep the lines on the host. */
const KEPT_ON_HOST = ["none", "json-file", "local", "journald", "syslog"];

const config = z.strictObject(REASON_CONFIG);

/**
 * What carries the logs of others can't send its own along: it would go round in circles. Components of the visibility layer about logs
 * (`strata:visibility:Log…`) are left out, elsewhere a reason is.
 * A component may declare that another stack sends on what its own writes, as one does that adds a service to a platform.
 * In a cluster it looks for what reads the logs of every node: a DaemonSet that mounts them, a chart or an add-on known to bring one.
 */
export const workloadHasLogRoute = stackRule({
  id: "workload-has-log-route",
  title: "The logs of every workload reach the one place where logs are read",
  severity: "medium",
  why: "Logs that stay in a group, on a node or with a service of their own are not found when a fault goes through several of them, and are gone with the node.",
  fix: "Subscribe the log group, best with one LogAccountPolicy of type SUBSCRIPTION_FILTER_POLICY; route a container with awsfirelens; run a log collector as a DaemonSet on every node.",
  links: [
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters-AccountLevel.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html",
  ],
  frameworks: [{ name: "FSBP", id: "ECS.9" }],
  config,
  check: (stack, names) => {
    const routes = stack.once(logRoutesOf);
    const judged = (resource: StackResource, findings: readonly Finding[]): Verdict[] => {
      if (carriesLogs(resource, stack) || isSentOnElsewhere(resource, stack)) return [];
      const excuse = { given: hasReason(resource, names), what: "whether it gives a reason", property: "tags" };
      return [judge(resource, `the logs of ${resource.name} stay where they are`, findings, excuse)];
    };
    const collectors = new Collectors(stack);
    return [
      // Of containers of which nothing is known, service-has-logs tells.
      ...stack
        .ofType(TASK_DEFINITION)
        .filter((task) => containersOf(task).state !== "unknown")
        .flatMap((task) => judged(task, taskFindings(task, routes, stack))),
      ...stack.ofType(FUNCTION).flatMap((lambda) => judged(lambda, functionFindings(lambda, routes))),
      ...stack.ofType(...POD_TYPES).flatMap((workload) => judged(workload, collectors.findings(workload))),
    ];
  },
});

function carriesLogs(resource: StackResource, stack: StackGraph): boolean {
  for (const ancestor of stack.ancestors(resource)) if (ancestor.type.startsWith("strata:visibility:Log")) return true;
  return false;
}

/** Whether a component around it declares, as `logsSubscribed`, that a stack of the same account sends the lines of every log group on. */
function isSentOnElsewhere(resource: StackResource, stack: StackGraph): boolean {
  for (const ancestor of stack.ancestors(resource)) if (readFlag(ancestor, "logsSubscribed", false) === true) return true;
  return false;
}

function taskFindings(task: StackResource, routes: LogRoutes, stack: StackGraph): Finding[] {
  const property = "containerDefinitions";
  const containers = containersOf(task);
  if (containers.state !== "known") {
    const why = containers.state === "invalid" ? `can't be read: ${containers.why}` : "is absent";
    return [{ what: `${property} ${why}`, property, unknown: true }];
  }
  const hasRouter = containers.value.some(({ firelensConfiguration }) => firelensConfiguration !== undefined);
  return containers.value.flatMap((container, index) =>
    containerFindings(container, `container ${containerName(container, index)}`, hasRouter, routes, stack),
  );
}

function containerFindings(container: Container, who: string, hasRouter: boolean, routes: LogRoutes, stack: StackGraph): Finding[] {
  const property = "containerDefinitions";
  const driver = text(readPath(container, "logConfiguration.logDriver"));
  if (driver === undefined || KEPT_ON_HOST.includes(driver))
    return [{ what: `${who} has no log driver that sends them off its host`, property }];
  if (driver === "awsfirelens") return hasRouter ? [] : [{ what: `${who} uses awsfirelens, and its task has no router`, property }];
  if (driver !== "awslogs") return [];
  const name = text(readPath(container, 'logConfiguration.options["awslogs-group"]'));
  const group = name === undefined ? undefined : stack.identified(name, [LOG_GROUP]);
  return groupFindings(routes.isSentOn(name, group), `${who} writes to log group ${name ?? "of no name"}`, property);
}

function functionFindings(lambda: StackResource, routes: LogRoutes): Finding[] {
  const property = "loggingConfig.logGroup";
  const found = routes.groupOf(lambda);
  if (found === undefined) return [{ what: "its log group is not known yet", property, unknown: true }];
  return groupFindings(
    routes.isSentOn(found.name, found.group),
    `it writes to log group ${found.name ?? found.group?.name ?? ""}`,
    property,
  );
}

function groupFindings(isSentOn: Tri, what: string, property: string): Finding[] {
  if (isSentOn === true) return [];
  if (isSentOn === undefined) return [{ what: "whether its log group has a subscription is not known yet", property, unknown: true }];
  return [{ what: `${what}, which has no subscription`, property }];
}

/** What reads the logs of every node, by the cluster it runs on. */
class Collectors {
  private readonly byProvider = new Map<string | undefined, Tri[]>();
  private readonly addon: Tri;

  constructor(private readonly stack: StackGraph) {
    for (const daemon of stack.ofType(DAEMON_SET)) this.add(daemon, readsNodeLogs(daemon));
    for (const chart of stack.ofType(...CHARTS)) {
      const name = read(chart, "chart");
      this.add(chart, name.state === "unknown" ? undefined : LOG_CHARTS.test(text(name) ?? ""));
    }
    this.addon = some(
      stack.ofType(ADDON).map((addon) => {
        const name = read(addon, "addonName");
        return name.state === "unknown" ? undefined : LOG_ADDONS.includes(text(name) ?? "");
      }),
    );
  }

  findings(workload: StackResource): Finding[] {
    // An add-on is part of a cluster of EKS, and a stack has one; the objects of another cluster come with collectors of their own.
    const read = some([this.addon, ...(this.byProvider.get(this.clusterOf(workload)) ?? [])]);
    if (read === true) return [];
    if (read === undefined) return [{ what: "whether its cluster has a log collector is not known yet", property: "spec", unknown: true }];
    return [{ what: "nothing in the stack collects the logs of the nodes of its cluster", property: "spec" }];
  }

  private add(collector: StackResource, collects: Tri): void {
    const cluster = this.clusterOf(collector);
    this.byProvider.set(cluster, [...(this.byProvider.get(cluster) ?? []), collects]);
  }

  private clusterOf(object: StackResource): string | undefined {
    return this.stack.providerOf(object)?.urn ?? object.provider;
  }
}

function readsNodeLogs(daemon: StackResource): Tri {
  const { path, reading } = podSpecOf(daemon);
  if (reading.state === "unknown") return undefined;
  return some(
    readAll(daemon, `${path}.volumes[*].hostPath.path`).map((host) =>
      host.state === "unknown" ? undefined : NODE_LOGS.test(text(host) ?? ""),
    ),
  );
}
