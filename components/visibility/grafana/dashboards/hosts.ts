import { type Dashboard, QueryVariableBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { metricPrefix } from "../../metrics/metric-names";
import { DATA_SOURCES } from "../data-sources";
import { type KnownInput } from "./input";
import { dashboard, graph, type Row } from "./panels";
import { graphite } from "./queries";
import { dashboardUid } from "./uids";

/** Name of the variable that holds the chosen hosts. */
export const HOST_VARIABLE = "host";
/** Place of the host's name in a path, which the legend shows: `strata.<environment>.hosts.<host>`. */
const HOST_NODE = 3;

/** A metric of Netdata on the chosen hosts: `chart.dimension`, as its charts are called. */
function netdata(environment: string, metric: string, host = `$${HOST_VARIABLE}`) {
  const path = `${metricPrefix(environment, "hosts")}.${host}.${metric}`;
  return graphite(`aliasByNode(${path}, ${HOST_NODE}, -1)`);
}

/** Utilisation, saturation and errors of what every host has (Gregg, "The USE Method"). */
function rows(environment: string): readonly Row[] {
  const of = (metric: string) => [netdata(environment, metric)];
  return [
    {
      title: "CPU",
      panels: [
        graph("CPU in use", { unit: "percent", stacked: true }, of("system.cpu.{user,system,softirq,iowait,steal}")),
        graph(
          "Load",
          { unit: "short", description: "Tasks that run or wait to, over one and five minutes." },
          of("system.load.{load1,load5}"),
        ),
        graph("Blocked tasks", { unit: "short", description: "Tasks that wait for a disk." }, of("system.processes.blocked")),
      ],
    },
    {
      title: "Memory",
      panels: [
        graph("Memory in use", { unit: "mbytes", stacked: true }, of("system.ram.{used,cached,buffers,free}")),
        graph("Memory to be had", { unit: "mbytes", description: "What a new task could get." }, of("mem.available.avail")),
        graph("Killed for want of memory", { unit: "short" }, of("mem.oom_kill.kills")),
      ],
    },
    {
      title: "Disk",
      panels: [
        graph("Time that disks are busy", { unit: "percent" }, [
          graphite(`aliasByNode(${metricPrefix(environment, "hosts")}.$${HOST_VARIABLE}.disk_util.*.utilization, ${HOST_NODE}, 5)`),
        ]),
        graph("Reads and writes", { unit: "KiBs" }, of("system.io.{in,out}")),
        graph("Root file system", { unit: "gbytes", stacked: true }, of("disk_space._.{used,avail}")),
      ],
    },
    {
      title: "Network",
      panels: [
        graph("Traffic", { unit: "Kbits" }, of("system.net.{received,sent}")),
        // Netdata 2 moved the chart from `ipv4` to `ip`.
        graph(
          "TCP errors",
          { unit: "short", description: "Segments sent again, and segments that came broken." },
          of("{ip,ipv4}.tcperrors.{RetransSegs,InErrs}"),
        ),
        graph("Connections refused or reset", { unit: "short" }, of("{ip,ipv4}.tcphandshake.{AttemptFails,EstabResets}")),
      ],
    },
  ];
}

/** One dashboard for all instances and nodes, of which each viewer chooses some. */
export function hostsDashboard({ environment }: KnownInput): Dashboard {
  return dashboard({
    uid: dashboardUid("hosts", environment),
    title: "Hosts",
    tags: ["compute", "hosts", environment],
    rows: rows(environment),
    links: [{ title: "Compute", uid: dashboardUid("layer", "compute") }],
    variables: [
      new QueryVariableBuilder(HOST_VARIABLE)
        .label("Host")
        .datasource(DATA_SOURCES.graphite)
        .query(`${metricPrefix(environment, "hosts")}.*`)
        .multi(true)
        .includeAll(true)
        .allValue("*"),
    ],
  });
}

/** CPU, memory and network of all hosts, for the overview of the layer. */
export function hostsRow({ environment }: KnownInput): Row {
  const hosts = (metric: string) => [netdata(environment, metric, "*")];
  return {
    title: "Hosts",
    panels: [
      graph("CPU in use by programs", { unit: "percent" }, hosts("system.cpu.user")),
      graph("Memory to be had", { unit: "mbytes" }, hosts("mem.available.avail")),
      graph("Traffic in", { unit: "Kbits" }, hosts("system.net.received")),
    ],
  };
}
