import { posix } from "node:path";
import { ConfigError, type Fault } from "../../faults";
import { type HostedContainer, type HostedPort, type HostedProgram } from "./host";
import { type NodeDaemon } from "./node-daemon";

const DNS_LABEL = /^[a-z]([a-z0-9-]{0,50}[a-z0-9])?$/;
/** Longest name of a container's port in Kubernetes ("ContainerPort", 2026-11). */
const LONGEST_PORT_NAME = 15;

/** Ports of all containers of a program. */
export function portsOf({ containers }: Pick<HostedProgram, "containers">): HostedPort[] {
  return containers.flatMap(({ ports = [] }) => ports);
}

/** Ports that something outside the host connects to. */
export function publishedPorts(program: Pick<HostedProgram, "containers" | "published">): HostedPort[] {
  return portsOf(program).filter(({ port }) => program.published?.includes(port));
}

/** TCP ports that show whether a program can answer: those of its containers' health, else its first one; none where there is none. */
export function healthPorts(program: Pick<HostedProgram, "containers">): number[] {
  const healthy = [...new Set(program.containers.flatMap(({ health }) => (health ? [health.port] : [])))];
  if (healthy.length > 0) return healthy;
  return portsOf(program)
    .filter(({ protocol }) => protocol === "tcp")
    .slice(0, 1)
    .map(({ port }) => port);
}

function twice<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function portFaults(key: string, program: Pick<HostedProgram, "containers" | "published">): Fault[] {
  const ports = portsOf(program);
  const known = new Set(ports.map(({ port }) => port));
  const sharesNumber = twice(ports.map(({ port, protocol }) => `${port}/${protocol}`));
  return [
    ...ports
      .filter(({ name }) => !DNS_LABEL.test(name) || name.length > LONGEST_PORT_NAME)
      .map(({ name }) => ({ key, what: "has a port whose name is none", got: name, right: `give a DNS label of at most 15 characters` })),
    ...twice(ports.map(({ name }) => name)).map((name) => ({
      key,
      what: "names two ports the same",
      got: name,
      right: "give each a name of its own",
    })),
    ...sharesNumber.map((port) => ({ key, what: "has two containers on one port", got: port, right: "give each a port of its own" })),
    ...(program.published ?? [])
      .filter((port) => !known.has(port))
      .map((port) => ({
        key,
        what: "publishes a port that no container listens on",
        got: port,
        right: `give one of ${[...known].join(", ")}`,
      })),
    ...(publishedPorts(program).some(({ protocol }) => protocol === "udp") && healthPorts(program).length === 0
      ? [{ key, what: "publishes a UDP port and has no TCP port that shows its health", right: "give a container `health`" }]
      : []),
  ];
}

function pathFaults(key: string, paths: readonly { readonly path: string; readonly what: string }[]): Fault[] {
  const wrong = paths.filter(({ path }) => !path.startsWith("/") || path === "/" || posix.normalize(path) !== path || path.endsWith("/"));
  return [
    ...wrong.map(({ path, what }) => ({
      key,
      what: `has a ${what} that is no absolute path`,
      got: path,
      right: "write it as /etc/loki/loki.yaml",
    })),
    ...twice(paths.filter(({ what }) => what.endsWith("file")).map(({ path }) => path)).map((path) => ({
      key,
      what: "has two files at one path",
      got: path,
      right: "give each a path of its own",
    })),
  ];
}

function sizeFaults(key: string, { name, cpu, memoryMib }: Pick<HostedContainer, "name" | "cpu" | "memoryMib">): Fault[] {
  return cpu > 0 && memoryMib > 0
    ? []
    : [{ key, what: `gives container ${name} no CPU or no memory`, got: { cpu, memoryMib }, right: "give more than 0 of both" }];
}

/** What no host could run. */
export function programFaults(program: HostedProgram): Fault[] {
  const key = `program ${program.name}`;
  const { containers, replicas, user, files, secretFiles = {}, storage, published = [] } = program;
  return [
    ...(DNS_LABEL.test(program.name)
      ? []
      : [{ key, what: "has a name that is no DNS label", got: program.name, right: "write it as graphite-web" }]),
    ...(containers.length === 0 ? [{ key, what: "has no container", right: "give at least one" }] : []),
    ...twice(containers.map(({ name }) => name)).map((name) => ({
      key,
      what: "names two containers the same",
      got: name,
      right: "give each a name of its own",
    })),
    ...(Number.isInteger(replicas) && replicas > 0 ? [] : [{ key, what: "has no copies", got: replicas, right: "give at least 1" }]),
    ...(Number.isInteger(user) && user > 0 ? [] : [{ key, what: "runs as root", got: user, right: "give the user of its image" }]),
    ...(storage && storage.gib < 1 ? [{ key, what: "has storage without room", got: storage.gib, right: "give at least 1" }] : []),
    ...(published.length > 0 && portsOf(program).length === 0
      ? [{ key, what: "publishes ports and has none", got: published, right: "give its containers ports" }]
      : []),
    ...containers.flatMap((container) => sizeFaults(key, container)),
    ...portFaults(key, program),
    ...pathFaults(key, [
      ...Object.keys(files).map((path) => ({ path, what: "file" })),
      ...Object.keys(secretFiles).map((path) => ({ path, what: "secret file" })),
      ...containers.flatMap(({ scratch = [] }) => scratch.map((path) => ({ path, what: "scratch directory" }))),
      ...(storage ? [{ path: storage.path, what: "storage" }] : []),
    ]),
  ];
}

/** @throws {ConfigError} with what nothing could run on every node. */
export function requireDaemon(daemon: NodeDaemon): void {
  const { name, files, secretFiles, ports, scratch, kept, hostPaths } = daemon;
  const mounted = [...scratch, ...(kept === undefined ? [] : [kept]), ...hostPaths.map(({ containerPath }) => containerPath)];
  const container = { ...daemon, ports, scratch: mounted };
  // A daemon may be root.
  const faults = programFaults({ name, containers: [container], replicas: 1, user: daemon.user || 1, files, secretFiles });
  if (faults.length > 0) throw new ConfigError(faults.map((fault) => ({ ...fault, key: `daemon ${name}` })));
}

/** @throws {ConfigError} with what no host could run. */
export function requireProgram(program: HostedProgram): void {
  const faults = programFaults(program);
  if (faults.length > 0) throw new ConfigError(faults);
}
