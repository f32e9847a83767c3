import { type Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { metricPrefix } from "../../metrics/metric-names";
import { hostsRow } from "./hosts";
import { type KnownInput, type KnownService } from "./input";
import { dashboard, graph, logLines, type Panel, type Row } from "./panels";
import { cloudwatch, graphite, lineRate, lines } from "./queries";
import { durationUnit, red } from "./services";
import { overviewRow } from "./stores";
import { dashboardUid } from "./uids";

/** Layers that have a dashboard of their own. */
export const LAYERS = ["network", "compute", "persistence", "visibility"] as const;
type Layer = (typeof LAYERS)[number];

/**
 * Most services or stores of which a layer draws graphs: each has some of its own, every one of which asks a store of metrics, and the file of a dashboard has to
 * fit into a ConfigMap. Those beyond have their own dashboards, which the layer links to.
 */
const MOST_ROWS = 100;

const TITLES: Readonly<Record<Layer, string>> = {
  network: "Network",
  compute: "Compute",
  persistence: "Persistence",
  visibility: "Visibility",
};

function network({ services, api }: KnownInput): Row[] {
  const elb = "AWS/ApplicationELB";
  const balancers = [...new Set(services.flatMap(({ requests }) => (requests?.counted === "load balancer" ? requests.loadBalancer : [])))];
  const balancer = (metric: string) =>
    balancers.map((LoadBalancer) => cloudwatch(elb, metric, { dimensions: { LoadBalancer }, statistic: "Sum", label: metric }));
  const nat = (metric: string) =>
    cloudwatch("AWS/NATGateway", metric, { dimensions: { NatGatewayId: "*" }, statistic: "Sum", label: "${PROP('Dim.NatGatewayId')}" });
  return [
    {
      title: "Load balancer",
      panels:
        balancers.length === 0
          ? []
          : [
              graph("Requests", { unit: "short" }, balancer("RequestCount")),
              graph("Errors of its own", { unit: "short", description: "No target could answer." }, balancer("HTTPCode_ELB_5XX_Count")),
              graph("Connections refused", { unit: "short" }, balancer("RejectedConnectionCount")),
            ],
    },
    { title: "HTTP API", panels: api ? apiPanels(api) : [] },
    {
      title: "NAT",
      panels: [
        graph("Connections without a port", { unit: "short", description: "Too many at once to one address." }, [
          nat("ErrorPortAllocation"),
        ]),
        graph("Packets dropped", { unit: "short" }, [nat("PacketsDropCount")]),
      ],
    },
  ];
}

function apiPanels({ id, stage }: { readonly id: string; readonly stage: string }): Panel[] {
  const metric = (name: string, statistic: string, label = name) =>
    cloudwatch("AWS/ApiGateway", name, { dimensions: { ApiId: id, Stage: stage }, statistic, label });
  return [
    graph("Calls", { unit: "short" }, [metric("Count", "Sum")]),
    graph("Failed calls", { unit: "short" }, [metric("4xx", "Sum"), metric("5xx", "Sum")]),
    graph(
      "Duration of calls",
      { unit: "ms" },
      ["p50", "p95", "p99"].map((statistic) => metric("Latency", statistic, statistic)),
    ),
  ];
}

/** Rate, errors and duration of each service under its name. */
function serviceRow(service: KnownService): Row {
  const of = red(service);
  if (!of) return { title: service.name, panels: [] };
  return {
    title: service.name,
    panels: [
      graph(`Rate, ${service.name}`, { unit: "short" }, of.rate),
      graph(`Errors, ${service.name}`, { unit: "short" }, of.errors),
      graph(`Duration, ${service.name}`, { unit: durationUnit(service) }, of.duration),
    ],
  };
}

function compute(input: KnownInput): Row[] {
  return [...input.services.slice(0, MOST_ROWS).map(serviceRow), ...(input.graphite?.hosts ? [hostsRow(input)] : [])];
}

/** Whether what watches everything is itself there: who sends, and how much is said. */
function visibility({ environment, logs, graphite: sends }: KnownInput): Row[] {
  const senders = (kind: "hosts" | "tasks", path: string) =>
    graphite(`alias(countSeries(${metricPrefix(environment, kind)}.${path}), "${kind}")`);
  return [
    {
      title: "Metrics",
      panels: [
        ...(sends?.hosts ? [graph("Hosts that send", { unit: "short" }, [senders("hosts", "*.system.load.load1")])] : []),
        ...(sends?.tasks ? [graph("Tasks that send", { unit: "short" }, [senders("tasks", "*.*.cpu.percent")])] : []),
      ],
    },
    {
      title: "Logs",
      panels: logs
        ? [
            graph("Lines", { unit: "short", stacked: true, description: "A minute, by what wrote them." }, [
              lineRate(logs, { environment }),
            ]),
            logLines("Newest lines", lines(logs, { environment })),
          ]
        : [],
    },
  ];
}

const ROWS: Readonly<Record<Layer, (input: KnownInput) => readonly Row[]>> = {
  network,
  compute,
  persistence: ({ stores }) => stores.slice(0, MOST_ROWS).map(overviewRow),
  visibility,
};

/** The dashboard of a layer: all of it at a glance, with a link to each part. */
export function layerDashboard(input: KnownInput, layer: Layer): Dashboard {
  const parts = {
    network: [],
    compute: input.services.map(({ name }) => ({ title: name, uid: dashboardUid("service", name) })),
    persistence: input.stores.map(({ id }) => ({ title: id, uid: dashboardUid("store", id) })),
    visibility: [],
  } as const satisfies Record<Layer, readonly { readonly title: string; readonly uid: string }[]>;
  return dashboard({
    uid: dashboardUid("layer", layer),
    title: `Layer: ${TITLES[layer]}${parts[layer].length > MOST_ROWS ? `, ${MOST_ROWS} of ${parts[layer].length} drawn` : ""}`,
    tags: ["layer", layer, input.environment],
    rows: ROWS[layer](input),
    links: [
      ...LAYERS.filter((other) => other !== layer).map((other) => ({ title: TITLES[other], uid: dashboardUid("layer", other) })),
      ...(layer === "compute" && input.graphite?.hosts ? [{ title: "Hosts", uid: dashboardUid("hosts", input.environment) }] : []),
      ...parts[layer],
    ],
  });
}
