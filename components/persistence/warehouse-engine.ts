import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { kept, type PlatformContext } from "../platform-context";
import { type Statement } from "../iam";
import { bend, type Transform } from "../transform";
import { type WarehouseIdentity } from "../visibility/alarms/observed";
import { backupTag } from "./backup-tag";
import { isSnapshot, type RestoreFrom } from "./restore";
import { type ProvisionedSize, type ServerlessSize } from "./warehouse-size";

/** Transforms of what a warehouse is made of. */
export interface WarehouseTransforms {
  readonly namespace?: Transform<aws.redshiftserverless.NamespaceArgs>;
  readonly workgroup?: Transform<aws.redshiftserverless.WorkgroupArgs>;
  readonly cluster?: Transform<aws.redshift.ClusterArgs>;
}

/** Another region that snapshots are copied to, and the key of the copies there. */
export interface SnapshotCopyTarget {
  readonly region: string;
  readonly keyArn: pulumi.Input<string>;
  /** Days a copied automatic snapshot is kept, 1 to 35. */
  readonly keepDays: number;
}

/** What both modes are made with. */
export interface EngineRequest {
  /** Name of the component. */
  readonly name: string;
  readonly context: PlatformContext;
  /** Name in AWS: namespace and workgroup, or cluster. */
  readonly identifier: string;
  readonly database: string;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly keyArn: pulumi.Input<string>;
  readonly roleArn: pulumi.Output<string>;
  /** Log groups, which must be there first: Redshift would make them without an end and without a key. */
  readonly logs: readonly pulumi.Resource[];
  readonly restoreFrom: RestoreFrom | undefined;
  readonly copyTo: SnapshotCopyTarget | undefined;
  readonly transform: WarehouseTransforms | undefined;
  readonly parent: pulumi.Resource;
}

/** A warehouse that is there. */
export interface WarehouseEngine {
  readonly host: pulumi.Output<string>;
  readonly secretArn: pulumi.Output<string>;
  /** Where the Data API sends statements: the name, and the variable it goes by. */
  readonly target: { readonly variable: "WORKGROUP" | "CLUSTER"; readonly name: pulumi.Output<string> };
  /** What a service's role needs to send statements and to get itself a temporary password. */
  readonly statements: readonly Statement[];
  readonly ready: readonly pulumi.Resource[];
  readonly observed: WarehouseIdentity;
}

export const WAREHOUSE_PORT = 5439;
/** Logs that Redshift writes: who connected, which users changed, which queries ran. */
export const WAREHOUSE_LOGS = ["connectionlog", "userlog", "useractivitylog"] as const;
const MASTER_USER = "strata";
const PARAMETER_FAMILY = "redshift-2.0";
const PARAMETERS = { require_ssl: "true", enable_user_activity_logging: "true" } as const;

const SEND = ["redshift-data:ExecuteStatement", "redshift-data:BatchExecuteStatement"] as const;
/** These know no resources; a role sees only the statements it sent (Amazon Redshift management guide, "Authorizing access to the Data API", 2026-11). */
const OWN_RESULTS: Statement = {
  Effect: "Allow",
  Action: ["redshift-data:DescribeStatement", "redshift-data:GetStatementResult", "redshift-data:CancelStatement"],
  Resource: "*",
  Condition: { StringEquals: { "redshift-data:statement-owner-iam-userid": "${aws:userid}" } },
};

/** A namespace (the data) and a workgroup (what computes on it). */
export function makeServerless(request: EngineRequest, size: ServerlessSize): WarehouseEngine {
  const { name, context, identifier, database, keyArn, roleArn, parent } = request;
  const namespace = new aws.redshiftserverless.Namespace(
    ...bend<aws.redshiftserverless.NamespaceArgs>(
      request.transform?.namespace,
      name,
      {
        namespaceName: identifier,
        dbName: database,
        adminUsername: MASTER_USER,
        manageAdminPassword: true,
        adminPasswordSecretKmsKeyId: keyArn,
        kmsKeyId: keyArn,
        iamRoles: [roleArn],
        defaultIamRoleArn: roleArn,
        logExports: [...WAREHOUSE_LOGS],
        tags: backupTag(context, "local"),
      },
      // A namespace is deleted without a last snapshot; only these and AWS Backup stand before that.
      { parent, ...kept(context), dependsOn: [...request.logs] },
    ),
  );
  const workgroup = new aws.redshiftserverless.Workgroup(
    ...bend<aws.redshiftserverless.WorkgroupArgs>(
      request.transform?.workgroup,
      name,
      {
        workgroupName: identifier,
        namespaceName: namespace.namespaceName,
        baseCapacity: size.baseCapacity,
        maxCapacity: size.maximumCapacity,
        enhancedVpcRouting: true,
        publiclyAccessible: false,
        port: WAREHOUSE_PORT,
        subnetIds: request.subnetIds,
        securityGroupIds: [request.securityGroupId],
        configParameters: Object.entries(PARAMETERS).map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue })),
      },
      { parent, ...kept(context) },
    ),
  );
  const limit = new aws.redshiftserverless.UsageLimit(
    name,
    {
      resourceArn: workgroup.arn,
      usageType: "serverless-compute",
      period: "monthly",
      amount: size.monthlyHours,
      breachAction: size.whenUsedUp,
    },
    { parent },
  );
  return {
    host: workgroup.endpoints.apply((endpoints) => requireAddress(name, endpoints[0]?.address)),
    secretArn: namespace.adminPasswordSecretArn,
    target: { variable: "WORKGROUP", name: workgroup.workgroupName },
    statements: [
      { Effect: "Allow", Action: "redshift-serverless:GetCredentials", Resource: workgroup.arn },
      { Effect: "Allow", Action: SEND, Resource: workgroup.arn },
      OWN_RESULTS,
    ],
    ready: [workgroup],
    observed: {
      mode: "serverless",
      namespaceName: namespace.namespaceName,
      workgroupName: workgroup.workgroupName,
      usageLimitId: limit.id,
      size,
    },
  };
}

/** A cluster of nodes that are always on. */
export function makeProvisioned(request: EngineRequest, size: ProvisionedSize): WarehouseEngine {
  const { name, context, identifier, database, keyArn, roleArn, parent } = request;
  const { durable, region, accountId } = context;
  const subnetGroup = new aws.redshift.SubnetGroup(name, { subnetIds: request.subnetIds }, { parent });
  const parameters = new aws.redshift.ParameterGroup(
    name,
    { family: PARAMETER_FAMILY, parameters: Object.entries(PARAMETERS).map(([key, value]) => ({ name: key, value })) },
    { parent },
  );
  const cluster = new aws.redshift.Cluster(
    ...bend<aws.redshift.ClusterArgs>(
      request.transform?.cluster,
      name,
      {
        clusterIdentifier: identifier,
        databaseName: database,
        masterUsername: MASTER_USER,
        manageMasterPassword: true,
        masterPasswordSecretKmsKeyId: keyArn,
        nodeType: size.nodeType,
        numberOfNodes: size.nodes,
        clusterType: size.nodes === 1 ? "single-node" : "multi-node",
        multiAz: size.multiAz,
        encrypted: "true",
        kmsKeyId: keyArn,
        enhancedVpcRouting: true,
        publiclyAccessible: false,
        port: WAREHOUSE_PORT,
        clusterSubnetGroupName: subnetGroup.name,
        clusterParameterGroupName: parameters.name,
        vpcSecurityGroupIds: [request.securityGroupId],
        iamRoles: [roleArn],
        defaultIamRoleArn: roleArn,
        automatedSnapshotRetentionPeriod: size.snapshotDays,
        skipFinalSnapshot: !durable,
        finalSnapshotIdentifier: durable ? finalSnapshot(request) : undefined,
        ...(request.restoreFrom && isSnapshot(request.restoreFrom) ? { snapshotArn: request.restoreFrom.snapshot } : {}),
        tags: backupTag(context, "local"),
      },
      { parent, ...kept(context) },
    ),
  );
  new aws.redshift.Logging(
    name,
    { clusterIdentifier: cluster.clusterIdentifier, logDestinationType: "cloudwatch", logExports: [...WAREHOUSE_LOGS] },
    { parent, dependsOn: [...request.logs] },
  );
  new aws.redshift.UsageLimit(
    name,
    {
      clusterIdentifier: cluster.clusterIdentifier,
      featureType: "concurrency-scaling",
      limitType: "time",
      amount: size.concurrencyMinutes,
      period: "daily",
      breachAction: "disable",
    },
    { parent },
  );
  if (request.copyTo) copySnapshots(name, identifier, cluster, request.copyTo, parent);
  const prefix = `arn:aws:redshift:${region}:${accountId}`;
  return {
    host: cluster.dnsName,
    secretArn: cluster.masterPasswordSecretArn,
    target: { variable: "CLUSTER", name: cluster.clusterIdentifier },
    statements: [
      {
        Effect: "Allow",
        Action: "redshift:GetClusterCredentialsWithIAM",
        Resource: pulumi.interpolate`${prefix}:dbname:${cluster.clusterIdentifier}/${database}`,
      },
      { Effect: "Allow", Action: SEND, Resource: pulumi.interpolate`${prefix}:cluster:${cluster.clusterIdentifier}` },
      OWN_RESULTS,
    ],
    ready: [cluster],
    observed: { mode: "provisioned", clusterIdentifier: cluster.clusterIdentifier, size },
  };
}

/** Redshift copies its own snapshots: AWS Backup does it only in their region. The grant lets it use the key over there. */
function copySnapshots(
  name: string,
  identifier: string,
  cluster: aws.redshift.Cluster,
  { region, keyArn, keepDays }: SnapshotCopyTarget,
  parent: pulumi.Resource,
): void {
  const grant = new aws.redshift.SnapshotCopyGrant(name, { region, snapshotCopyGrantName: identifier, kmsKeyId: keyArn }, { parent });
  new aws.redshift.SnapshotCopy(
    name,
    {
      clusterIdentifier: cluster.clusterIdentifier,
      destinationRegion: region,
      snapshotCopyGrantName: grant.snapshotCopyGrantName,
      retentionPeriod: keepDays,
    },
    { parent },
  );
}

/**
 * A snapshot's name must never have been used before, or the deletion fails when it is needed most: the group's id is new with
 * every life of the warehouse, the hash with every change that replaces the cluster inside one life.
 */
function finalSnapshot({ identifier, database, securityGroupId, subnetIds, restoreFrom }: EngineRequest): pulumi.Output<string> {
  return pulumi.all([securityGroupId, subnetIds]).apply(([groupId, subnets]) => {
    const hash = createHash("sha256")
      .update(JSON.stringify([database, subnets, restoreFrom]))
      .digest("hex");
    return `${identifier}-final-${groupId}-${hash.slice(0, 8)}`;
  });
}

function requireAddress(name: string, address: string | undefined): string {
  if (!address) throw new Error(`warehouse ${name}: the workgroup has no endpoint`);
  return address;
}
