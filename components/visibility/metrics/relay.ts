import * as pulumi from "@pulumi/pulumi";
import { type Hosted, type HostedContainer, type HostedProgram } from "../host/host";
import { CARBON_PORTS } from "./carbon";
import { METRICS_USER } from "./images";
import { metricPrefix } from "./metric-names";

/** Port on which the relay takes lines. */
export const RELAY_PORT = 2003;

const CONFIGURATION = "/etc/relay/relay.conf";
const SCRATCH = "/run/relay";
const KEY_FILE = "/etc/relay-key/key";
/** Debian's list of public certificate authorities. Without it the relay, whatever its manual says, trusts none (3.7.3, tried). */
const AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";
const KEY_RULE = `${SCRATCH}/key.conf`;

/** Lines that wait for a shard that is away, for each: ten minutes of 400 a second. About 100 bytes a line. */
const QUEUE = 250_000;
/** Milliseconds: a shard that writes its cache to disk may take its time. */
const TIMEOUT = 5_000;
/** Levels of a host's metric after its prefix: host, family, chart, dimension. */
const HOST_LEVELS = 4;

/** What a relay is made with. */
export interface RelaySettings {
  /** Image of carbon-c-relay 3.7 or later, built with SSL. */
  readonly image: string;
  /** Copies; all route the same, so any may be away. */
  readonly replicas: number;
  /** Seconds between two points. */
  readonly interval: number;
  readonly environment: string;
}

/** Where a hosted Graphite takes lines. */
export interface HostedEndpoint {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/**
 * The relay in front of shards. The jump hash gives each shard the same share, and a name the same shard for ever as long as their number
 * stays. Lines for a shard that is away wait for it in memory; none is sent to another, where nobody would look for it.
 */
export function shardRelay(settings: RelaySettings, shards: Hosted): HostedProgram {
  const members = pulumi
    .all([...shards.copies])
    .apply((hosts) => hosts.map((host, shard) => `        ${host}:${CARBON_PORTS.plaintext}=${shard}`).join("\n"));
  const cluster = pulumi.interpolate`cluster shards
    jump_fnv1a_ch replication 1
${members}
    ;
`;
  const files = { [CONFIGURATION]: configuration(settings, cluster, sendAll("shards")) };
  return { ...program(settings, { command: relayCommand() }), files, calls: [{ to: shards, port: CARBON_PORTS.plaintext }] };
}

/**
 * The relay in front of a hosted Graphite, which knows its customer by the key that each name starts with. It alone has the key: senders
 * write the same names as to shards. The rule with the key is in a file of its own, made when the relay starts.
 */
export function hostedRelay(
  settings: RelaySettings,
  { host, port, tls }: HostedEndpoint,
  keySecretArn: pulumi.Input<string>,
): HostedProgram {
  const cluster = `cluster hosted
    forward
        ${host}:${port}${tls ? " transport plain ssl" : ""}
    ;
`;
  const sendTo = `include ${KEY_RULE}
    ;
${sendAll("hosted")}`;
  return {
    ...program(settings, { command: ["/bin/sh", "-c", withKey()], scratch: [SCRATCH] }),
    files: { [CONFIGURATION]: configuration(settings, cluster, sendTo) },
    secretFiles: { [KEY_FILE]: keySecretArn },
    internetReasons: [`metrics are kept by ${host}`],
    internetPorts: [port],
  };
}

/**
 * A dot in a host's name would move all that follows one level down, where no dashboard looks, and leave files that nobody finds: what has more
 * levels than a host's metrics have is dropped, and shows in the relay's own metrics.
 */
function dropDottedHosts(environment: string): string {
  const prefix = metricPrefix(environment, "hosts").replaceAll(".", String.raw`\.`);
  return `match ^${prefix}${String.raw`\.[^.]+`.repeat(HOST_LEVELS)}\\.
    send to blackhole
    stop
    ;
`;
}

function configuration({ interval, environment }: RelaySettings, cluster: pulumi.Input<string>, sendTo: string): pulumi.Output<string> {
  // Listeners are named, because without them the relay also opens UDP and a socket file in /tmp.
  return pulumi.interpolate`listen
    type linemode
        0.0.0.0:${RELAY_PORT} proto tcp
    ;
statistics
    submit every ${interval} seconds
    reset counters after interval
    ;
${cluster}${dropDottedHosts(environment)}${sendTo}`;
}

/** Sends everything to a cluster. */
function sendAll(to: string): string {
  return `match *
    send to ${to}
    stop
    ;
`;
}

function relayCommand(): readonly string[] {
  return ["/usr/bin/carbon-c-relay", "-f", CONFIGURATION, "-q", String(QUEUE), "-T", String(TIMEOUT), "-B", "256"];
}

/** Starts the relay once the key has gone from its file into a rule that only the relay's user can read. */
function withKey(): string {
  return `set -eu
umask 077
key=$(cat ${KEY_FILE})
case "$key" in ""|*[!A-Za-z0-9_-]*) echo "the API key has other characters than letters, digits, - and _" >&2; exit 1;; esac
printf 'rewrite ^(.+)$ into %s.\\\\1 ;\\n' "$key" > ${KEY_RULE}
exec ${relayCommand().join(" ")} -C ${AUTHORITIES}`;
}

function program(
  { image, replicas }: RelaySettings,
  container: Pick<HostedContainer, "command" | "scratch">,
): Omit<HostedProgram, "files"> {
  return {
    name: "graphite-relay",
    containers: [
      {
        name: "relay",
        image,
        ...container,
        ports: [{ name: "plaintext", port: RELAY_PORT, protocol: "tcp" }],
        cpu: 100,
        memoryMib: 256,
        health: { kind: "tcp", port: RELAY_PORT },
      },
    ],
    replicas,
    user: METRICS_USER,
    published: [RELAY_PORT],
  };
}
