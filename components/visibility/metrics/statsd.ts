import * as pulumi from "@pulumi/pulumi";
import { type Hosted, type HostedProgram } from "../host/host";
import { GRAPHITE_IMAGE, METRICS_USER, STATSD } from "./images";
import { metricPrefix } from "./metric-names";
import { RELAY_PORT } from "./relay";

/** Port on which StatsD takes packets. */
export const STATSD_PORT = 8125;
/** Port of its administration, for itself alone: it can delete counters. */
const ADMINISTRATION_PORT = 8126;
/** Port on which it also takes connections, because a check of health needs one, and one port of a load balancer has one protocol. */
const HEALTH_PORT = 8127;

const CONFIGURATION = "/etc/statsd/config.js";

/**
 * StatsD, which adds up what applications send and passes it to the relay. One copy: two would each flush a part of a counter under one name,
 * and the second would overwrite the first. When it restarts, what came since its last flush is lost.
 */
export function statsdProgram(environment: string, relay: Hosted, interval: number): HostedProgram {
  return {
    name: "statsd",
    containers: [
      {
        name: "statsd",
        image: GRAPHITE_IMAGE,
        command: ["node", STATSD, CONFIGURATION],
        ports: [
          { name: "statsd", port: STATSD_PORT, protocol: "udp" },
          { name: "health", port: HEALTH_PORT, protocol: "tcp" },
        ],
        cpu: 100,
        memoryMib: 256,
        health: { kind: "tcp", port: HEALTH_PORT },
      },
    ],
    replicas: 1,
    oneCopyBecause:
      "two copies would each write half of a counter under one name, and clients send on without waiting while it is replaced",
    user: METRICS_USER,
    files: { [CONFIGURATION]: configuration(environment, relay.address, interval) },
    calls: [{ to: relay, port: RELAY_PORT }],
    published: [STATSD_PORT],
  };
}

/**
 * StatsD reads its settings as JavaScript. It flushes as often as the finest archive has points: less often would leave holes, and of two
 * flushes into one point the second would overwrite the first.
 */
function configuration(environment: string, relay: pulumi.Output<string>, interval: number): pulumi.Output<string> {
  const address = "0.0.0.0";
  return pulumi.jsonStringify(
    {
      servers: [
        { server: "./servers/udp", address, port: STATSD_PORT },
        { server: "./servers/tcp", address, port: HEALTH_PORT },
      ],
      mgmt_address: "127.0.0.1",
      mgmt_port: ADMINISTRATION_PORT,
      backends: ["./backends/graphite"],
      graphiteHost: relay,
      graphitePort: RELAY_PORT,
      graphite: { legacyNamespace: false, globalPrefix: metricPrefix(environment, "apps") },
      flushInterval: interval * 1_000,
      percentThreshold: [95, 99],
      // What nobody sends any more is not made up.
      deleteIdleStats: true,
    },
    undefined,
    2,
  );
}
