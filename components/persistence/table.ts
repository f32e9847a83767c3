import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { DYNAMODB_RECOVERY_DAYS } from "../../facts/limits-dynamodb";
import { ConfigError, type Fault } from "../faults";
import { type Statement } from "../iam";
import { isProtected, kept, type PlatformContext } from "../platform-context";
import { type Bindable, type Binding, type BoundAccess, type Consumer, variablePrefix } from "../service/binding";
import { bend, type Transform } from "../transform";
import { type ObservedStore, type ObservedTable } from "../visibility/alarms/observed";
import { backupTag } from "./backup-tag";
import { isSnapshot, LATEST, type RestoreFrom } from "./restore";
import { capacityFaults, capacityProperties, scaledProperties, scaleTable, type TableCapacity } from "./table-capacity";
import { type TableDeclaration, type TableIndex } from "./table-declaration";

/** A copy of the table in another region that is written to as well: a global table. */
export interface TableReplica {
  readonly region: string;
  /** Key of the copy; a key works only in its own region. */
  readonly keyArn: pulumi.Input<string>;
}

export interface ServiceTableArgs {
  readonly context: PlatformContext;
  /** Name of the table in the catalogue, which the variable of its services starts with. Not the name in DynamoDB, which Pulumi makes. */
  readonly tableName: string;
  /** Its keys, indexes, expiry and stream. Changing a key or a local index replaces the table; the rest is changed in place. */
  readonly declaration: TableDeclaration;
  /** Key the items are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  readonly capacity: TableCapacity;
  /** Days that point-in-time recovery reaches back, 1 to 35, in a durable environment. */
  readonly recoveryDays: number;
  /** Other regions. Default: none. Adding the first one turns a stream of new and old images on. */
  readonly replicas?: readonly TableReplica[];
  /** Where its first items come from. Default: nowhere. Changing this replaces the table. */
  readonly restoreFrom?: RestoreFrom;
  readonly transform?: { readonly table?: Transform<aws.dynamodb.TableArgs> };
}

/** What is known of a table that exists already. */
export interface ServiceTableIds {
  /** Name in the catalogue. */
  readonly tableName: string;
  /** Name in DynamoDB. */
  readonly name: pulumi.Input<string>;
  readonly arn: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
  /** Region it is in. */
  readonly region: string;
  /** True when it has a secondary index. */
  readonly hasIndexes: boolean;
}

const SEARCHES = ["dynamodb:Query", "dynamodb:Scan"] as const;
const READS = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:DescribeTable", ...SEARCHES] as const;
const WRITES = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"] as const;
// What DynamoDB asks of the key in the name of who reads and who writes (KMS and DynamoDB developer guides, "Encryption at rest", 2026-11).
const READ_KEY = ["kms:Decrypt", "kms:DescribeKey"] as const;
const WRITE_KEY = [
  "kms:Encrypt",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
] as const;

/** A global table needs this stream to carry its changes to the other regions. */
const REPLICATION_STREAM = "NEW_AND_OLD_IMAGES";

/** What a service may do with the table; the same for a created and an adopted one. */
class TableAccess implements Bindable {
  constructor(private readonly ids: ServiceTableIds) {}

  bind(consumer: Consumer, access: BoundAccess): Binding {
    const { tableName, name, arn, keyArn, region, hasIndexes } = this.ids;
    if (access !== "read" && access !== "write")
      throw new Error(`${consumer.name} cannot ${access} table ${tableName}; give read or write`);
    const writes = access === "write";
    // Without statement ids: a service may be bound to several tables, and ids would clash.
    const statements: Statement[] = [
      { Effect: "Allow", Action: writes ? [...READS, ...WRITES] : READS, Resource: arn },
      ...(hasIndexes ? [{ Effect: "Allow", Action: SEARCHES, Resource: pulumi.interpolate`${arn}/index/*` } as const] : []),
      {
        Effect: "Allow",
        Action: writes ? [...READ_KEY, ...WRITE_KEY] : READ_KEY,
        Resource: keyArn,
        Condition: { StringEquals: { "kms:ViaService": `dynamodb.${region}.amazonaws.com` } },
      },
    ];
    return { to: tableName, kind: "table", access, variables: { [variablePrefix(tableName, "TABLE")]: name }, statements, ready: [] };
  }
}

/** What is wrong between a table's arguments; the constructor refuses them, a plan can say it before. */
export function tableFaults(key: string, args: Omit<ServiceTableArgs, "context" | "keyArn" | "transform">): Fault[] {
  const { minimum, maximum } = DYNAMODB_RECOVERY_DAYS;
  const { declaration, recoveryDays, replicas = [], restoreFrom } = args;
  return [
    ...capacityFaults(key, args.capacity),
    ...(recoveryDays < minimum || recoveryDays > maximum
      ? [{ key: `${key}.recoveryDays`, what: "is out of range", got: recoveryDays, right: `give ${minimum} to ${maximum}` }]
      : []),
    ...(replicas.length > 0 && declaration.stream !== undefined && declaration.stream !== REPLICATION_STREAM
      ? [
          {
            key: `${key}.stream`,
            what: "carries too little for a table with replicas",
            got: declaration.stream,
            right: `give ${REPLICATION_STREAM}, or leave it out`,
          },
        ]
      : []),
    ...(restoreFrom && isSnapshot(restoreFrom) && !restoreFrom.snapshot.startsWith("arn:aws:dynamodb:")
      ? [
          {
            key: `${key}.restoreFrom.snapshot`,
            what: "is not a backup that DynamoDB itself restores",
            got: restoreFrom.snapshot,
            right: "give the ARN of a DynamoDB backup; a recovery point of AWS Backup is restored by a job and then adopted",
          },
        ]
      : []),
  ];
}

/**
 * A table of DynamoDB: the store for data past what one relational server holds, found by its keys. Encrypted with a customer key; items can
 * expire by themselves. A service gets this one table and its indexes, never all tables.
 *
 * Cost: on-demand 0.125 USD a million reads and 0.625 USD a million writes in us-east-1 (Amazon DynamoDB pricing, 2026-11); storage, backups and
 * provisioned capacity are not among the prices this project knows.
 */
export class ServiceTable extends pulumi.ComponentResource implements ObservedStore {
  /** Name in DynamoDB. */
  public readonly tableName: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  /** Stream of its changes; absent when it has none. */
  public readonly streamArn: pulumi.Output<string> | undefined;
  public readonly observed: ObservedTable;
  /** What `adopt` takes in another project. */
  public readonly ids: ServiceTableIds;

  private readonly access: TableAccess;

  /** @throws {ConfigError} with everything that is wrong with the arguments. */
  constructor(
    private readonly name: string,
    args: ServiceTableArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:ServiceTable", name, {}, options);
    const faults = tableFaults(`table ${args.tableName}`, args);
    if (faults.length > 0) throw new ConfigError(faults);
    const table = this.createTable(args);
    this.tableName = table.name;
    this.arn = table.arn;
    this.streamArn = this.stream(args) ? table.streamArn : undefined;
    this.scale(args, table);
    const { globalIndexes, localIndexes } = args.declaration;
    this.observed = {
      kind: "table",
      name,
      tableName: table.name,
      indexes: globalIndexes.map((index) => index.name),
      capacity: args.capacity,
      replicas: (args.replicas ?? []).map(({ region }) => region),
    };
    this.ids = {
      tableName: args.tableName,
      name: table.name,
      arn: table.arn,
      keyArn: args.keyArn,
      region: args.context.region,
      hasIndexes: globalIndexes.length + localIndexes.length > 0,
    };
    this.access = new TableAccess(this.ids);
    this.registerOutputs({ tableName: this.tableName, arn: this.arn });
  }

  /** A table that exists already stands in for a created one. */
  static adopt(ids: ServiceTableIds): Bindable {
    return new TableAccess(ids);
  }

  bind(consumer: Consumer, access: BoundAccess): Binding {
    return this.access.bind(consumer, access);
  }

  private createTable(args: ServiceTableArgs): aws.dynamodb.Table {
    const { context, declaration, capacity, keyArn } = args;
    const { durable } = context;
    const stream = this.stream(args);
    return new aws.dynamodb.Table(
      ...bend<aws.dynamodb.TableArgs>(
        args.transform?.table,
        this.name,
        {
          attributes: Object.entries(declaration.attributes).map(([name, type]) => ({ name, type })),
          hashKey: declaration.partitionKey,
          rangeKey: declaration.sortKey,
          globalSecondaryIndexes: declaration.globalIndexes.map((index) => ({
            ...projected(index),
            hashKey: index.partitionKey,
            rangeKey: index.sortKey,
            ...capacityProperties(capacity),
          })),
          localSecondaryIndexes: declaration.localIndexes.map((index) => ({ ...projected(index), rangeKey: index.sortKey })),
          billingMode: capacity.mode === "on-demand" ? "PAY_PER_REQUEST" : "PROVISIONED",
          ...capacityProperties(capacity),
          ttl: declaration.expires === undefined ? undefined : { attributeName: declaration.expires, enabled: true },
          ...(stream && { streamEnabled: true, streamViewType: stream }),
          serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
          pointInTimeRecovery: durable ? { enabled: true, recoveryPeriodInDays: args.recoveryDays } : { enabled: false },
          deletionProtectionEnabled: isProtected(context),
          replicas: (args.replicas ?? []).map((replica) => ({
            regionName: replica.region,
            kmsKeyArn: replica.keyArn,
            pointInTimeRecovery: durable,
            deletionProtectionEnabled: isProtected(context),
            propagateTags: true,
          })),
          ...restored(args.restoreFrom),
          tags: backupTag(context, "copied"),
        },
        { parent: this, ...kept(context), ignoreChanges: scaledProperties(capacity) },
      ),
    );
  }

  private stream({ declaration, replicas = [] }: ServiceTableArgs): string | undefined {
    return replicas.length > 0 ? REPLICATION_STREAM : declaration.stream;
  }

  private scale({ declaration, capacity }: ServiceTableArgs, table: aws.dynamodb.Table): void {
    scaleTable(
      this.name,
      declaration.globalIndexes.map(({ name }) => name),
      capacity,
      (index) => (index === undefined ? pulumi.interpolate`table/${table.name}` : pulumi.interpolate`table/${table.name}/index/${index}`),
      { parent: this },
    );
  }
}

function projected({ name, projection }: TableIndex) {
  return typeof projection === "string"
    ? { name, projectionType: projection }
    : { name, projectionType: "INCLUDE", nonKeyAttributes: [...projection] };
}

function restored(origin: RestoreFrom | undefined): Partial<aws.dynamodb.TableArgs> {
  if (!origin) return {};
  if (isSnapshot(origin)) return { restoreBackupArn: origin.snapshot };
  return {
    restoreSourceTableArn: origin.source,
    ...(origin.at === LATEST ? { restoreToLatestTime: true } : { restoreDateTime: origin.at }),
  };
}
