import { containersOf, TASK_DEFINITION } from "../containers";
import type { StackGraph } from "../graph";
import {
  elements,
  isObject,
  type Json,
  number,
  read,
  readAll,
  readFlag,
  type Reading,
  readPath,
  type StackResource,
  text,
  type Tri,
} from "../resource";
import { BROKER_PORTS, CACHE_PORTS, databasePort, KAFKA_PORTS, KAFKA_PUBLIC_PORTS, ORACLE_SSL_PORT } from "./ports";

/** A port something listens on. */
export interface Listen {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
}

/** What an endpoint listens on. */
export interface Listens {
  readonly ports: readonly Listen[];
  /** It does not say: every port its groups open counts. */
  readonly any?: boolean;
  /** The property that may name more ports and is not known yet. */
  readonly unknown?: string;
}

export const NOTHING: Listens = { ports: [] };
export const EVERY_PORT: Listens = { ports: [], any: true };
const SERVICE_PORTS = [
  "loadBalancers[*].containerPort",
  "serviceRegistries[*].containerPort",
  "serviceConnectConfiguration.services[*].ingressPortOverride",
];
const LISTENERS = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"];

/** What an ECS service listens on: what load balancers and discovery are told, and what its containers map. */
export function servicePorts(service: StackResource, graph: StackGraph): Listens {
  return merge(numbers(service, SERVICE_PORTS), taskPorts(service, graph));
}

function taskPorts(service: StackResource, graph: StackGraph): Listens {
  const reference = graph.reference(service, "taskDefinition", [TASK_DEFINITION]);
  if (reference === undefined) return NOTHING;
  if (reference.kind !== "resource") return { ports: [], unknown: "taskDefinition" };
  const containers = containersOf(reference.resource);
  if (containers.state !== "known") return { ports: [], unknown: "taskDefinition" };
  const mappings = containers.value.flatMap(({ portMappings }) => (Array.isArray(portMappings) ? portMappings : []));
  return { ports: mappings.flatMap(mappedPort) };
}

function mappedPort(mapping: Json): Listen[] {
  if (!isObject(mapping) || typeof mapping["containerPort"] !== "number") return [];
  return [{ port: mapping["containerPort"], protocol: mapping["protocol"] === "udp" ? "udp" : "tcp" }];
}

/** The ports of the listeners that name a load balancer. */
export function listenerPorts(balancer: StackResource, graph: StackGraph): Listens {
  const listeners = graph.referring(balancer, "loadBalancerArn", LISTENERS);
  return listeners
    .map((listener): Listens => {
      const port = number(read(listener, "port"));
      if (port === undefined) return read(listener, "port").state === "unknown" ? { ports: [], unknown: "port" } : NOTHING;
      const protocol = text(read(listener, "protocol"));
      const protocols = protocol === "UDP" ? (["udp"] as const) : protocol === "TCP_UDP" ? (["tcp", "udp"] as const) : (["tcp"] as const);
      return { ports: protocols.map((name) => ({ port, protocol: name })) };
    })
    .reduce(merge, NOTHING);
}

/** The port that is set, else the one the engine has by default. */
export function enginePort(store: StackResource, port: string, engine: string): Listens {
  const set = read(store, port);
  if (set.state !== "absent") return portOr(set, port, []);
  const name = read(store, engine);
  if (name.state === "unknown") return { ports: [], unknown: engine };
  const byDefault = databasePort(text(name) ?? store.type.split(":")[1]?.split("/")[0] ?? "");
  return byDefault === undefined ? { ports: [], unknown: engine } : tcp([byDefault]);
}

/** What an RDS instance listens on: its own port, and those of the options of its option group, such as SSL of Oracle. */
export function instancePorts(instance: StackResource, graph: StackGraph): Listens {
  const own = enginePort(instance, "port", "engine");
  const group = graph.reference(instance, "optionGroupName", ["aws:rds/optionGroup:OptionGroup"]);
  // One outside the stack may open more ports, of which nobody here knows.
  if (group?.kind === "resource") return merge(own, optionPorts(group.resource));
  return group?.kind === "unknown" ? { ...own, unknown: own.unknown ?? "optionGroupName" } : own;
}

function optionPorts(group: StackResource): Listens {
  return elements(read(group, "options"))
    .map((option): Listens => {
      if (option.state !== "known") return { ports: [], unknown: "optionGroupName" };
      const name = text(readPath(option.value, "optionName"));
      return portOr(readPath(option.value, "port"), "optionGroupName", name === "SSL" ? [ORACLE_SSL_PORT] : []);
    })
    .reduce(merge, NOTHING);
}

/** The port that is set, else the default ones. */
export function portOr(set: Reading, property: string, byDefault: readonly number[]): Listens {
  if (set.state === "unknown") return { ports: [], unknown: property };
  const port = number(set);
  return tcp(port === undefined ? byDefault : [port]);
}

/** The brokers' ports: those of the ways to prove oneself that are on, and those without any where it is allowed. */
export function kafkaPorts(cluster: StackResource): Listens {
  const authentication = read(cluster, "clientAuthentication");
  if (authentication.state === "unknown") return { ports: [], unknown: "clientAuthentication" };
  const clientBroker = text(read(cluster, "encryptionInfo.encryptionInTransit.clientBroker")) ?? "TLS";
  const ways: ("plaintext" | "tls" | "scram" | "iam")[] = [];
  if (readFlag(cluster, "clientAuthentication.sasl.iam", false) === true) ways.push("iam");
  if (readFlag(cluster, "clientAuthentication.sasl.scram", false) === true) ways.push("scram");
  const open = ways.length === 0 || readFlag(cluster, "clientAuthentication.unauthenticated", false) === true;
  if (clientBroker !== "PLAINTEXT" && (open || read(cluster, "clientAuthentication.tls").state === "known")) ways.push("tls");
  if (clientBroker !== "TLS" && open) ways.push("plaintext");
  const outside = kafkaIsPublic(cluster) === false ? [] : ways.flatMap((way) => (way === "plaintext" ? [] : [KAFKA_PUBLIC_PORTS[way]]));
  return tcp([...ways.map((way) => KAFKA_PORTS[way]), ...outside]);
}

/** Whether the brokers have public addresses. */
export function kafkaIsPublic(cluster: StackResource): Tri {
  const access = read(cluster, "brokerNodeGroupInfo.connectivityInfo.publicAccess.type");
  if (access.state === "unknown") return undefined;
  return access.state === "known" && access.value !== "DISABLED";
}

/** What a broker listens on, by its engine. */
export function brokerPorts(broker: StackResource): Listens {
  const engine = read(broker, "engineType");
  if (engine.state === "unknown") return { ports: [], unknown: "engineType" };
  return tcp(text(engine)?.toLowerCase() === "rabbitmq" ? BROKER_PORTS.rabbitmq : BROKER_PORTS.activemq);
}

/** What a cache listens on, by its engine. */
export function cachePorts(cache: StackResource): Listens {
  return portOr(read(cache, "port"), "port", [text(read(cache, "engine")) === "memcached" ? CACHE_PORTS.memcached : CACHE_PORTS.redis]);
}

function numbers(resource: StackResource, paths: readonly string[]): Listens {
  const unknown: string[] = [];
  const ports: number[] = [];
  for (const path of paths) {
    for (const reading of readAll(resource, path)) {
      const port = number(reading);
      if (port !== undefined) ports.push(port);
      else if (reading.state === "unknown") unknown.push(path);
    }
  }
  return { ...tcp(ports), unknown: unknown[0] };
}

/** TCP ports. */
export function tcp(ports: readonly number[]): Listens {
  return { ports: ports.map((port) => ({ port, protocol: "tcp" })) };
}

function merge(one: Listens, other: Listens): Listens {
  const ports = new Map([...one.ports, ...other.ports].map((listen) => [`${listen.protocol} ${listen.port}`, listen]));
  return { ports: [...ports.values()], unknown: one.unknown ?? other.unknown };
}
