import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "../faults";
import { type Statement } from "../iam";
import { allowPassage } from "../network/passage";
import { type PlatformContext } from "../platform-context";
import { type Bindable, type Binding, type BoundAccess, type Consumer, variablePrefix } from "../service/binding";
import { bend, type Transform } from "../transform";
import { type ObservedStore, type ObservedWarehouse } from "../visibility/alarms/observed";
import { type RestoreFrom } from "./restore";
import {
  makeProvisioned,
  makeServerless,
  type SnapshotCopyTarget,
  WAREHOUSE_LOGS,
  WAREHOUSE_PORT,
  type WarehouseEngine,
  type WarehouseTransforms,
} from "./warehouse-engine";
import { type LoadSource, MSK_IAM_PORT, type StreamSource, warehouseRole } from "./warehouse-role";
import { warehouseFaults, type WarehouseSize } from "./warehouse-size";

export interface WarehouseArgs {
  readonly context: PlatformContext;
  /** Name in the catalogue, which the variables of its services start with. Changing this replaces the warehouse. */
  readonly warehouseName: string;
  readonly size: WarehouseSize;
  readonly vpcId: pulumi.Input<string>;
  /** Subnets of the isolated tier. Changing them moves a workgroup in place and replaces a cluster. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Availability zones of these subnets: at least three for a serverless warehouse. */
  readonly zones: number;
  /** Key of the data, its snapshots, its password. */
  readonly keyArn: pulumi.Input<string>;
  /** Days its logs are kept, and the key they are encrypted with. */
  readonly logs: { readonly retentionDays: number; readonly keyArn: pulumi.Input<string> };
  /** Buckets it may load files from, by `COPY`. Default: none. */
  readonly loadsFrom?: readonly LoadSource[];
  /** Topics of MSK it may stream, by an external schema. Default: none. */
  readonly streamsFrom?: readonly StreamSource[];
  /** Prefix list of the S3 gateway endpoint, through which it loads: its traffic stays in the VPC. */
  readonly s3PrefixListId?: pulumi.Input<string>;
  /** Snapshot its first data comes from; only a provisioned warehouse. Default: none. Changing this replaces the cluster. */
  readonly restoreFrom?: RestoreFrom;
  /** Region that the snapshots of a provisioned warehouse are copied to. Default: none. */
  readonly copyTo?: SnapshotCopyTarget;
  readonly transform?: WarehouseTransforms & { readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs> };
}

/** What is known of a warehouse that exists already. */
export interface WarehouseIds {
  /** Name in the catalogue. */
  readonly warehouseName: string;
  readonly host: pulumi.Input<string>;
  readonly database: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Where the Data API sends statements, and the variable it goes by. */
  readonly target: { readonly variable: "WORKGROUP" | "CLUSTER"; readonly name: pulumi.Input<string> };
  /** What a service's role needs to send statements and to get itself a temporary password. */
  readonly statements: readonly Statement[];
}

const HTTPS = 443;
const LOG_PATHS = { serverless: "/aws/redshift", provisioned: "/aws/redshift/cluster" } as const;

/** How a service gets to the warehouse; the same for a created and an adopted one. */
class WarehouseAccess implements Bindable {
  constructor(
    private readonly name: string,
    private readonly ids: WarehouseIds,
    private readonly parent: pulumi.Resource | undefined,
  ) {}

  bind(consumer: Consumer, access: BoundAccess): Binding {
    const { warehouseName, host, database, securityGroupId, target, statements } = this.ids;
    if (access !== "read" && access !== "write")
      throw new Error(`${consumer.name} cannot ${access} warehouse ${warehouseName}; give read or write`);
    const prefix = variablePrefix(warehouseName, "WAREHOUSE");
    return {
      to: warehouseName,
      kind: "warehouse",
      access,
      variables: {
        [`${prefix}_HOST`]: host,
        [`${prefix}_PORT`]: String(WAREHOUSE_PORT),
        [`${prefix}_DATABASE`]: database,
        [`${prefix}_${target.variable}`]: target.name,
      },
      statements,
      ready: allowPassage(consumer, { name: this.name, securityGroupId }, WAREHOUSE_PORT, this.parent ?? pulumi.rootStackResource),
    };
  }
}

/**
 * A warehouse on Redshift, for questions over very large sets and their change over time. A service has no password: its role gets itself one
 * for fifteen minutes, or sends statements through the Data API. It then is the database user `IAMR:<role>`, which may do nothing
 * until somebody grants it: IAM says who may connect, the database says what a reader and a writer may do there.
 *
 * Serverless fits questions that come and go: it costs nothing but storage in between. Provisioned fits those that never stop.
 * Loads from S3 stay in the VPC and take only the named buckets.
 *
 * Cost: ra3.4xlarge 3.26 USD an hour a node in us-east-1 (Amazon Redshift pricing, 2026-11); serverless capacity and storage are not among the
 * prices this project knows.
 */
export class Warehouse extends pulumi.ComponentResource implements ObservedStore {
  /** Name in the catalogue. */
  public readonly warehouseName: string;
  public readonly host: pulumi.Output<string>;
  public readonly database: string;
  public readonly securityGroupId: pulumi.Output<string>;
  /** Secret with the administrator's password, which Redshift made and rotates; services never read it. */
  public readonly secretArn: pulumi.Output<string>;
  /** Role to name in `COPY … IAM_ROLE` and in external schemas. */
  public readonly roleArn: pulumi.Output<string>;
  public readonly observed: ObservedWarehouse;

  /** Where the Data API sends statements, and what it takes to send them. */
  public readonly dataApi: Pick<WarehouseEngine, "target" | "statements">;

  private readonly access: WarehouseAccess;
  private readonly ready: readonly pulumi.Resource[];

  /** @throws {ConfigError} with everything that is wrong with the arguments. */
  constructor(
    private readonly name: string,
    args: WarehouseArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:Warehouse", name, {}, options);
    const faults = warehouseFaults(`warehouse ${args.warehouseName}`, { ...args, durable: args.context.durable });
    if (faults.length > 0) throw new ConfigError(faults);
    this.warehouseName = args.warehouseName;
    this.database = args.warehouseName.replace(/-/g, "_");
    const group = this.createSecurityGroup(args);
    this.securityGroupId = group.id;
    const { context, loadsFrom = [], streamsFrom = [] } = args;
    this.roleArn = warehouseRole(name, context, loadsFrom, streamsFrom, this).arn;
    const engine = this.createEngine(args);
    this.ready = [...engine.ready, ...this.openSources(args)];
    this.host = engine.host;
    this.secretArn = engine.secretArn;
    this.observed = { kind: "warehouse", name, database: this.database, ...engine.observed };
    const { target, statements } = engine;
    this.dataApi = { target, statements };
    const { host, database, securityGroupId } = this;
    this.access = new WarehouseAccess(
      name,
      { warehouseName: args.warehouseName, host, database, securityGroupId, target, statements },
      this,
    );
    this.registerOutputs({ host: this.host, secretArn: this.secretArn, roleArn: this.roleArn });
  }

  /** A warehouse that exists already; nothing of it is created or changed but the rules that let services in. */
  static adopt(name: string, ids: WarehouseIds, options?: { readonly parent?: pulumi.Resource }): Bindable {
    return new WarehouseAccess(name, ids, options?.parent);
  }

  bind(consumer: Consumer, access: BoundAccess): Binding {
    const binding = this.access.bind(consumer, access);
    return { ...binding, ready: [...binding.ready, ...this.ready] };
  }

  private createSecurityGroup({ vpcId, transform }: WarehouseArgs): aws.ec2.SecurityGroup {
    return new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        transform?.securityGroup,
        this.name,
        { vpcId, description: `Warehouse ${this.name}: only the services that need it` },
        { parent: this },
      ),
    );
  }

  private createEngine(args: WarehouseArgs) {
    const { context, size } = args;
    const identifier = `${context.environment}-${args.warehouseName}`;
    const request = {
      ...args,
      name: this.name,
      identifier,
      database: this.database,
      securityGroupId: this.securityGroupId,
      roleArn: this.roleArn,
      logs: this.createLogGroups(args, identifier),
      restoreFrom: args.restoreFrom,
      copyTo: args.copyTo,
      transform: args.transform,
      parent: this,
    };
    return size.mode === "serverless" ? makeServerless(request, size) : makeProvisioned(request, size);
  }

  private createLogGroups({ size, logs }: WarehouseArgs, identifier: string): aws.cloudwatch.LogGroup[] {
    return WAREHOUSE_LOGS.map(
      (log) =>
        new aws.cloudwatch.LogGroup(
          `${this.name}-${log}`,
          { name: `${LOG_PATHS[size.mode]}/${identifier}/${log}`, retentionInDays: logs.retentionDays, kmsKeyId: logs.keyArn },
          { parent: this },
        ),
    );
  }

  /** Its own group is closed too: it reaches the S3 endpoint when it loads, and the buses it streams from. */
  private openSources({ loadsFrom = [], streamsFrom = [], s3PrefixListId }: WarehouseArgs): pulumi.Resource[] {
    const self = { name: this.name, securityGroupId: this.securityGroupId };
    const streams = streamsFrom.flatMap((bus) => allowPassage(self, bus, MSK_IAM_PORT, this));
    if (loadsFrom.length === 0 || !s3PrefixListId) return streams;
    const loads = new aws.vpc.SecurityGroupEgressRule(
      `${this.name}-to-s3`,
      {
        securityGroupId: this.securityGroupId,
        prefixListId: s3PrefixListId,
        ipProtocol: "tcp",
        fromPort: HTTPS,
        toPort: HTTPS,
        description: "S3 by its gateway endpoint: the files it loads",
      },
      { parent: this },
    );
    return [...streams, loads];
  }
}
