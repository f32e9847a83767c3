import { type NodeDaemon, type NodeDaemons, type NodePath } from "../host/node-daemon";
import { metricPrefix } from "./metric-names";
import { type MetricsStore } from "./metrics-store";

const IMAGE = "netdata/netdata:v2.7.1";
const CONFIGURATION = "/etc/strata-netdata";
const SCRATCH = { cache: "/var/cache/netdata", lib: "/var/lib/netdata", log: "/var/log/netdata", run: "/run/netdata" } as const;
/** Where the node's own files are in the container. */
const NODE = "/host";
/** Seconds of points kept in memory: what the exporter averages, and no more. */
const KEPT_SECONDS = 600;
/** Sends that wait while the relay is away: ten minutes at ten seconds. */
const BUFFERED_SENDS = 60;

/** Collectors that start by trying every product they know, or that a fleet's graphs do not need. */
const OFF = [
  "apps",
  "charts.d",
  "cups",
  "debugfs",
  "ebpf",
  "fping",
  "freeipmi",
  "go.d",
  "ioping",
  "logs-management",
  "network-viewer",
  "nfacct",
  "perf",
  "python.d",
  "slabinfo",
  "statsd",
  "systemd-journal",
  "systemd-units",
  "tc",
  "timex",
  "xenstat",
] as const;

/** Settings of a Netdata that collects and sends, and does nothing else: no page, no alarms, no cloud, nothing told to its makers. */
export function netdataConfiguration(interval: number): string {
  return `[global]
    run as user = root
[directories]
    config = ${CONFIGURATION}
    cache = ${SCRATCH.cache}
    lib = ${SCRATCH.lib}
    log = ${SCRATCH.log}
    registry = ${SCRATCH.lib}/registry
    lock = ${SCRATCH.lib}/lock
[db]
    mode = ram
    retention = ${Math.ceil(KEPT_SECONDS / interval)}
    update every = ${interval}
[web]
    mode = none
[logs]
    error = stderr
    daemon = stderr
    collector = stderr
    access = none
    health = none
[health]
    enabled = no
[cloud]
    enabled = no
[ml]
    enabled = no
[registry]
    enabled = no
[statsd]
    enabled = no
[plugins]
${OFF.map((plugin) => `    ${plugin} = no`).join("\n")}
`;
}

/**
 * Settings of what Netdata sends. Its own labels would become tags of each name, which no dashboard knows; its metrics about itself are half
 * of all. It sends as often as the store keeps points.
 */
export function exportingConfiguration(environment: string, destination: string, interval: number): string {
  return `[exporting:global]
    enabled = yes
    send configured labels = no
    send automatic labels = no
[graphite:strata]
    enabled = yes
    destination = tcp:${destination}
    data source = average
    prefix = ${metricPrefix(environment, "hosts")}
    update every = ${interval}
    buffer on failures = ${BUFFERED_SENDS}
    timeout ms = 5000
    send charts matching = !netdata.* !*.slab* *
    send names instead of ids = yes
`;
}

/** Prints the name of a node: its name in Kubernetes; on ECS the instance's id, because an address is given to another instance one day. */
const NAME = {
  eks: "cat /proc/sys/kernel/hostname",
  ecs: `metadata=http://169.254.169.254/latest
token=$(curl -fsS --retry 5 -m 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' $metadata/api/token)
curl -fsS --retry 5 -m 5 -H "X-aws-ec2-metadata-token: $token" $metadata/meta-data/instance-id`,
} as const;

/** Starts Netdata under the node's name. A dot in it would be a level of a path in Graphite, so it becomes a hyphen. */
export function netdataCommand(kind: NodeDaemons["kind"]): readonly string[] {
  const script = `set -eu
name=$(${NAME[kind]})
name=$(printf '%s' "$name" | tr -c 'A-Za-z0-9_-' '-')
exec /usr/sbin/netdata -D -s ${NODE} -c ${CONFIGURATION}/netdata.conf -P ${SCRATCH.run}/netdata.pid -W set global hostname "$name"`;
  return ["/bin/sh", "-c", script];
}

function nodePath(path: string): NodePath {
  return { hostPath: path, containerPath: `${NODE}${path}` };
}

/**
 * The agent that looks at a node and each container on it, and sends what it sees to the store. It reads every process of the node, so it
 * runs as root with two capabilities more than none, and writes nothing that stays.
 */
export function netdata(kind: NodeDaemons["kind"], environment: string, { plaintext, intervalSeconds }: MetricsStore): NodeDaemon {
  return {
    name: "netdata",
    image: IMAGE,
    command: netdataCommand(kind),
    environment: { DISABLE_TELEMETRY: "1", DO_NOT_TRACK: "1" },
    files: {
      [`${CONFIGURATION}/netdata.conf`]: netdataConfiguration(intervalSeconds),
      [`${CONFIGURATION}/exporting.conf`]: plaintext.host.apply((host) =>
        exportingConfiguration(environment, `${host}:${plaintext.port}`, intervalSeconds),
      ),
    },
    cpu: 100,
    memoryMib: 256,
    capabilities: ["SYS_PTRACE", "DAC_READ_SEARCH"],
    hostPid: true,
    hostNetwork: true,
    hostPaths: ["/proc", "/sys", "/etc/os-release", "/etc/passwd", "/etc/group"].map(nodePath),
    scratch: Object.values(SCRATCH),
    ports: [],
    calls: [],
    endpoints: [plaintext],
  };
}
