import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { COLLECTOR_IMAGE } from "../../../facts/apm";
import { type Statement } from "../../iam";
import { type Side } from "../../network/passage";
import { type PlatformContext } from "../../platform-context";
import { type NodeDaemons } from "../host/node-daemon";
import { type ServiceLogs } from "../service-logs";
import { type Apm, keyStatements, XRAY_STATEMENT } from "./apm";
import { collectorYaml, HEALTH_PORT, OTLP_GRPC_PORT, OTLP_HTTP_PORT, traceParts } from "./collector-config";
import { POD_LOGS, podLogParts } from "./pod-logs";

/** A service whose pods run on the nodes. */
export interface ObservedPods {
  readonly service: string;
  /** Namespace of its pods. */
  readonly namespace: string;
  readonly logs: ServiceLogs;
}

export interface NodeAgentArgs {
  readonly context: PlatformContext;
  readonly daemons: NodeDaemons;
  readonly services: readonly ObservedPods[];
  /** Where traces go. */
  readonly apm: Apm;
  /** Why the agents must be able to open HTTPS connections to the internet. */
  readonly internetReasons: readonly string[];
}

const CONFIG = "/etc/otelcol/config.yaml";
const KEY = "/run/secrets/apm-key";
const POSITIONS = "/var/lib/otelcol";
const STREAM = "pods";
const SIZE = { cpu: 100, memoryMib: 256 } as const;

/**
 * A collector on every node of the cluster. It sends what a service's pods write to the service's own log group, from where logs go the way
 * they go for everything else, and takes the traces of the node's pods. No pod holds credentials for either.
 *
 * When the log group's endpoint is away, lines wait on the node's disk, and what is already read waits in the queue there. When the
 * collector is away, Kubernetes keeps the last files of each container, and it goes on from where it was. What a node kept is gone with the node.
 *
 * Cost: 0.1 vCPU and 256 MiB of each node.
 */
export class NodeAgent extends pulumi.ComponentResource {
  /** Groups that stand before its OTLP ports. */
  public readonly nodes: readonly Side[];
  /** What must exist before traces are taken. */
  public readonly ready: readonly pulumi.Resource[];

  constructor(
    private readonly name: string,
    private readonly args: NodeAgentArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:NodeAgent", name, {}, options);
    const streams = this.createStreams();
    const running = args.daemons.run(
      {
        name,
        image: COLLECTOR_IMAGE.image,
        args: [`--config=${CONFIG}`],
        environment: {},
        files: { [CONFIG]: this.configuration(streams) },
        ...(args.apm.keySecretArn !== undefined && { secretFiles: { [KEY]: args.apm.keySecretArn } }),
        ...SIZE,
        // Logs of pods belong to root, who needs no capability to read what is root's own.
        capabilities: [],
        hostPid: false,
        hostNetwork: false,
        hostPaths: [{ hostPath: POD_LOGS, containerPath: POD_LOGS }],
        scratch: ["/tmp"],
        kept: POSITIONS,
        ports:
          args.apm.kind === "none"
            ? []
            : [
                { name: "otlp-http", port: OTLP_HTTP_PORT, protocol: "tcp" },
                { name: "otlp-grpc", port: OTLP_GRPC_PORT, protocol: "tcp" },
              ],
        health: { kind: "http", path: "/", port: HEALTH_PORT },
        statements: this.statements(),
        calls: [],
        endpoints: [],
        internetReasons: args.internetReasons,
      },
      this,
    );
    this.nodes = running.nodes;
    this.ready = [...running.ready, ...streams];
    this.registerOutputs({});
  }

  /** CloudWatch's OTLP endpoint makes no stream by itself. One for all pods of a service: each line says which pod wrote it. */
  private createStreams(): aws.cloudwatch.LogStream[] {
    return this.args.services.map(
      ({ service, logs }) =>
        new aws.cloudwatch.LogStream(`${this.name}-${service}`, { name: STREAM, logGroupName: logs.name }, { parent: this }),
    );
  }

  private configuration(streams: readonly aws.cloudwatch.LogStream[]): pulumi.Output<string> {
    const { context, services, apm } = this.args;
    const { environment, region } = context;
    const routes = services.map(({ service, namespace, logs }, index) => ({
      service,
      namespace,
      logGroup: logs.name,
      logStream: streams[index]?.name ?? STREAM,
    }));
    return pulumi
      .output(routes)
      .apply((known) =>
        collectorYaml(
          [
            ...traceParts({ environment, region, apm, listen: "0.0.0.0", key: `\${file:${KEY}}`, memoryMib: SIZE.memoryMib }),
            ...podLogParts({ region, routes: known, positions: POSITIONS }),
          ],
          "0.0.0.0",
        ),
      );
  }

  private statements(): Statement[] {
    const { services, apm } = this.args;
    const write: Statement = {
      Sid: "WritePodLogs",
      Effect: "Allow",
      Action: "logs:PutLogEvents",
      Resource: services.map(({ logs }) => pulumi.interpolate`${logs.arn}:log-stream:${STREAM}`),
    };
    // A secret of somebody else's may be under a key of its own.
    const decrypt = keyStatements(apm).filter(({ Action }) => Action === "kms:Decrypt");
    return [...(services.length > 0 ? [write] : []), ...(apm.kind === "xray" ? [XRAY_STATEMENT] : []), ...decrypt];
  }
}
