import * as pulumi from "@pulumi/pulumi";
import { type Hosted, type HostedProgram } from "../../../../components/visibility/host/host";
import { type NodeDaemon } from "../../../../components/visibility/host/node-daemon";
import { type PlannedResource } from "../../../../plan/graph";
import { TEST_CONTEXT } from "../../../harness";

const SECRETS = `arn:aws:secretsmanager:${TEST_CONTEXT.region}:${TEST_CONTEXT.accountId}:secret`;
export const PASSWORD = `${SECRETS}:test/password-AbCdEf`;
export const API_KEY = `${SECRETS}:test/api-key-AbCdEf`;

export const SERIES_PORT = 2003;
export const COUNTER_PORT = 8125;
export const ADMIN_PORT = 7002;
export const WEB_PORT = 8080;

/** A program with a volume a copy, which takes lines from the VPC over TCP and counters over UDP. */
export function series(change: Partial<HostedProgram> = {}): HostedProgram {
  return {
    name: "series",
    containers: [
      {
        name: "series",
        image: "example.com/series:1.4.2",
        args: ["--config", "/etc/series/series.conf"],
        environment: { ZONE: "utc" },
        ports: [
          { name: "plaintext", port: SERIES_PORT, protocol: "tcp" },
          { name: "counters", port: COUNTER_PORT, protocol: "udp" },
          { name: "admin", port: ADMIN_PORT, protocol: "tcp" },
        ],
        cpu: 250,
        memoryMib: 512,
        health: { kind: "tcp", port: SERIES_PORT },
        scratch: ["/tmp"],
      },
    ],
    replicas: 3,
    user: 1200,
    files: { "/etc/series/series.conf": "shards = 3\n", "/etc/series/schemas.d/all.conf": "10s:1d\n" },
    secretFiles: { "/etc/series/secrets/password": PASSWORD },
    storage: { path: "/var/lib/series", gib: 20 },
    published: [SERIES_PORT, COUNTER_PORT],
    ...change,
  };
}

/** A program without a volume, which calls {@link series} and which nothing outside the host calls. */
export function web(to: Hosted, change: Partial<HostedProgram> = {}): HostedProgram {
  return {
    name: "web",
    containers: [
      {
        name: "web",
        image: "example.com/web:2.0.0",
        environment: { SERIES: pulumi.interpolate`${to.address}:${SERIES_PORT}` },
        ports: [{ name: "http", port: WEB_PORT, protocol: "tcp" }],
        cpu: 100,
        memoryMib: 256,
        health: { kind: "http", path: "/healthz", port: WEB_PORT },
      },
    ],
    replicas: 2,
    user: 1300,
    files: { "/etc/web/web.yaml": pulumi.interpolate`series: ${to.address}\n` },
    statements: [{ Effect: "Allow", Action: "cloudwatch:GetMetricData", Resource: "*" }],
    calls: [
      { to, port: SERIES_PORT },
      { to, port: ADMIN_PORT },
    ],
    ...change,
  };
}

/** An agent that sees its node and sends to {@link series}. */
export function agent(to: Hosted, change: Partial<NodeDaemon> = {}): NodeDaemon {
  return {
    name: "agent",
    image: "example.com/agent:3.1.0",
    environment: {},
    files: { "/etc/agent/agent.conf": "every = 10\n" },
    secretFiles: { "/etc/agent/secrets/key": API_KEY },
    cpu: 100,
    memoryMib: 128,
    capabilities: ["SYS_PTRACE", "SYS_ADMIN"],
    hostPid: true,
    hostNetwork: true,
    hostPaths: [
      { hostPath: "/proc", containerPath: "/host/proc" },
      { hostPath: "/sys", containerPath: "/host/sys" },
    ],
    scratch: ["/var/cache/agent"],
    kept: "/var/lib/agent",
    ports: [{ name: "api", port: 19_999, protocol: "tcp" }],
    health: { kind: "http", path: "/api/v1/info", port: 19_999 },
    calls: [{ to, port: SERIES_PORT }],
    endpoints: [],
    ...change,
  };
}

/** A value in the inputs of a resource, by its path: `spec.template.spec`. */
export function at(resource: PlannedResource, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined), {
      ...resource.inputs,
    });
}
