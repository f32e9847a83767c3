import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Network } from "../../network/network";
import { type PlatformContext } from "../../platform-context";
import { type Transform } from "../../transform";
import { type Hosted, type HostedProgram, type VisibilityHost } from "../host/host";
import { LogBucket } from "../log-bucket";
import { type LogStore } from "./log-store";
import { LOKI_PORTS, LOKI_STORAGE, lokiConfiguration } from "./loki-configuration";

/** How big each copy is. */
export interface LokiSize {
  /** Thousandths of a vCPU. */
  readonly cpu: number;
  readonly memoryMib: number;
  /** GiB of the volume that holds what is not in S3 yet. It never shrinks. */
  readonly storageGib: number;
}

export interface LokiArgs {
  readonly context: PlatformContext;
  readonly host: VisibilityHost;
  readonly network: Network;
  /** Key of the lines in S3. */
  readonly keyArn: pulumi.Input<string>;
  /** Days a line can be searched; then it is deleted. */
  readonly searchDays: number;
  readonly size: LokiSize;
  readonly transform?: {
    readonly bucket?: Transform<aws.s3.BucketArgs>;
    /** Changes what the host is asked to run. */
    readonly program?: (program: HostedProgram) => HostedProgram;
  };
}

const IMAGE = "grafana/loki:3.7.8";
const USER = 10_001;
const CONFIGURATION = "/etc/loki/loki.yaml";
const PUSH_PATH = "/loki/api/v1/push";
/** An odd number: two of three must have a line before it counts as taken. */
const DURABLE_COPIES = 3;
const HOURS_A_DAY = 24;
/** Loki's own default, in hours. */
const OLDEST_HOURS = 168;
/** The bucket outlives what Loki deletes by itself, in case its compactor stands still. */
const EXPIRY_MARGIN_DAYS = 30;

/**
 * Log lines that can be searched, by labels first and by text in what they leave: the log store once CloudWatch Logs is outgrown. Lines and
 * their index are in S3, so a copy can be lost; what is not there yet is in a write-ahead log on the copy's volume. In a durable environment
 * three copies each have every line, in three zones, and two are enough to take and to answer.
 *
 * It has no sign-in of its own: who may connect is said by its security group alone, and the way there is inside the VPC.
 *
 * Cost: the host's CPU and memory, 0.08 USD a GB-month of gp3 a copy and 0.023 a GB-month of S3, in us-east-1 (Amazon EBS and S3 pricing,
 * 2026-11). Lines take about a tenth of their size.
 */
export class Loki extends pulumi.ComponentResource implements LogStore {
  public readonly kind = "loki";
  public readonly port = LOKI_PORTS.http;
  public readonly oldestHours: number;
  public readonly pushUrl: pulumi.Output<string>;
  /** Base URL of its API, without a slash at the end. */
  public readonly url: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  public readonly ready: readonly pulumi.Resource[];
  /** The program that runs. */
  public readonly hosted: Hosted;

  constructor(
    private readonly name: string,
    private readonly args: LokiArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:Loki", name, {}, options);
    this.oldestHours = Math.min(OLDEST_HOURS, args.searchDays * HOURS_A_DAY);
    const bucket = this.createBucket();
    this.hosted = this.run(bucket);
    this.url = pulumi.interpolate`http://${this.hosted.address}:${this.port}`;
    this.pushUrl = pulumi.interpolate`${this.url}${PUSH_PATH}`;
    this.securityGroupId = requireGroup(name, this.hosted.securityGroupId);
    this.ready = this.hosted.ready;
    this.registerOutputs({ pushUrl: this.pushUrl });
  }

  private createBucket(): LogBucket {
    const { context, keyArn, searchDays, transform } = this.args;
    return new LogBucket(
      this.name,
      {
        keyArn,
        retentionDays: searchDays + EXPIRY_MARGIN_DAYS,
        durable: context.durable,
        decommissioning: context.decommissioning,
        ...(transform?.bucket && { transform: { bucket: transform.bucket } }),
      },
      { parent: this },
    );
  }

  private run(bucket: LogBucket): Hosted {
    const { context, host, network, searchDays, size, transform } = this.args;
    const replicas = context.durable ? DURABLE_COPIES : 1;
    const program: HostedProgram = {
      name: this.name,
      containers: [
        {
          name: "loki",
          image: IMAGE,
          args: [`-config.file=${CONFIGURATION}`],
          ports: [
            { name: "http", port: LOKI_PORTS.http, protocol: "tcp" },
            { name: "grpc", port: LOKI_PORTS.grpc, protocol: "tcp" },
            { name: "gossip", port: LOKI_PORTS.gossip, protocol: "tcp" },
          ],
          cpu: size.cpu,
          memoryMib: size.memoryMib,
          health: { kind: "http", path: "/ready", port: LOKI_PORTS.http },
          scratch: ["/tmp"],
        },
      ],
      replicas,
      user: USER,
      files: {
        [CONFIGURATION]: lokiConfiguration({
          bucket: bucket.id,
          region: context.region,
          replicas,
          copies: host.copiesOf({ name: this.name, replicas }),
          searchDays,
          oldestHours: this.oldestHours,
        }),
      },
      storage: { path: LOKI_STORAGE, gib: size.storageGib },
      statements: [
        { Sid: "ListLines", Effect: "Allow", Action: "s3:ListBucket", Resource: bucket.arn },
        {
          Sid: "Lines",
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
          Resource: pulumi.interpolate`${bucket.arn}/*`,
        },
        {
          Sid: "LinesKey",
          Effect: "Allow",
          Action: ["kms:GenerateDataKey", "kms:Decrypt"],
          Resource: this.args.keyArn,
          Condition: { StringEquals: { "kms:EncryptionContext:aws:s3:arn": bucket.arn } },
        },
      ],
      ...(replicas > 1 && { peerPorts: [LOKI_PORTS.grpc, LOKI_PORTS.gossip] }),
      ...(!network.privateServices.has("s3") && { internetReasons: ["lines are kept in S3, which has no endpoint in the VPC"] }),
      published: [LOKI_PORTS.http],
    };
    return host.run(transform?.program ? transform.program(program) : program, this);
  }
}

function requireGroup(name: string, group: pulumi.Output<string> | undefined): pulumi.Output<string> {
  if (!group) throw new Error(`${name}: the host published port ${LOKI_PORTS.http} without a security group in front of it`);
  return group;
}
