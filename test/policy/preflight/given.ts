import type { StackResource } from "../../../policy/lib/resource";
import type { Given } from "../cases";
import type { Mutant } from "../mutant";
import { id, type Inputs, type TestStack } from "../stack";

/** Builds one resource of a type by what differs from a good one. */
export function like(type: string, good: Inputs): (changes?: Inputs) => Given {
  return (changes = {}) =>
    (stack) =>
      stack.add(type, "orders", { ...good, ...changes });
}

/** Subnets in zones, by the letters of those: `abb` has two in zone b. A dot is a zone that nobody knows. */
export function subnets(stack: TestStack | Mutant, zones: string): StackResource[] {
  return [...zones].map((zone, index) =>
    stack.add("aws:ec2/subnet:Subnet", `subnet-${index}`, zone === "." ? {} : { availabilityZone: `eu-west-1${zone}` }),
  );
}

/** The same, as the ids that a list takes. */
export function subnetIds(stack: TestStack | Mutant, zones: string): ReturnType<typeof id>[] {
  return subnets(stack, zones).map(id);
}

export const INSTANCE = "aws:rds/instance:Instance";
export const CLUSTER = "aws:rds/cluster:Cluster";
export const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
export const WAREHOUSE = "aws:redshift/cluster:Cluster";
export const TABLE = "aws:dynamodb/table:Table";

/** A PostgreSQL instance that RDS takes. */
export const GOOD_INSTANCE: Inputs = {
  engine: "postgres",
  engineVersion: "17.9",
  instanceClass: "db.m7g.large",
  allocatedStorage: 100,
  storageType: "gp3",
  username: "orders",
  manageMasterUserPassword: true,
  skipFinalSnapshot: true,
};

/** A provisioned warehouse that Redshift takes, and that a careful team would have. */
export const GOOD_WAREHOUSE: Inputs = {
  clusterIdentifier: "sales",
  nodeType: "ra3.xlplus",
  numberOfNodes: 2,
  multiAz: true,
  encrypted: "true",
  kmsKeyId: "arn:aws:kms:us-east-1:444455556666:key/warehouse",
  enhancedVpcRouting: true,
  publiclyAccessible: false,
  masterUsername: "sales",
  manageMasterPassword: true,
  databaseName: "sales",
  automatedSnapshotRetentionPeriod: 7,
  finalSnapshotIdentifier: "sales-final",
};

/** A search domain that OpenSearch takes, and that a careful team would have. */
export const GOOD_DOMAIN: Inputs = {
  domainName: "orders",
  engineVersion: "OpenSearch_2.19",
  clusterConfig: {
    instanceType: "m7g.large.search",
    instanceCount: 3,
    zoneAwarenessEnabled: true,
    zoneAwarenessConfig: { availabilityZoneCount: 3 },
    dedicatedMasterEnabled: true,
    dedicatedMasterCount: 3,
    dedicatedMasterType: "m7g.large.search",
  },
  ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: 100 },
  encryptAtRest: { enabled: true, kmsKeyId: "arn:aws:kms:us-east-1:444455556666:key/search" },
  nodeToNodeEncryption: { enabled: true },
  domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
  advancedSecurityOptions: { enabled: true },
  logPublishingOptions: ["ES_APPLICATION_LOGS", "AUDIT_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"].map((logType) => ({
    logType,
    cloudwatchLogGroupArn: "arn:aws:logs:us-east-1:444455556666:log-group:/search",
  })),
};
export const DOMAIN = "aws:opensearch/domain:Domain";

/** A copy of inputs with one property of a block changed. */
export function within(inputs: Inputs, block: string, changes: Inputs): Inputs {
  return { ...inputs, [block]: { ...(inputs[block] as Inputs | undefined), ...changes } };
}

/** Clients come with TLS, and what they ask is logged. */
function warehouseParameters(stack: Mutant): StackResource {
  const parameters = ["require_ssl", "enable_user_activity_logging"].map((name) => ({ name, value: "true" }));
  return stack.add("aws:redshift/parameterGroup:ParameterGroup", "extra", { family: "redshift-1.0", parameters });
}

/** Adds a store that other rules find nothing wrong with: short-lived, watched, with a reason for its name, and inside of the network. */
export function addStore(stack: Mutant, type: string, inputs: Inputs): void {
  const scratch = stack.add("strata:persistence:Scratch", "extra", { durable: false });
  const store = { ...inputs, tags: { "strata:because": "other stacks know it by this name" } };
  const subnets = stack.all("aws:ec2/subnet:Subnet", "isolated").map(id);
  // The interface endpoints listen on 443 too, and services have a way to them.
  const groups = stack.all("aws:ec2/vpcEndpoint:VpcEndpoint").flatMap(({ inputs: { securityGroupIds = [] } }) => securityGroupIds);
  const network: Inputs = type === DOMAIN ? { vpcOptions: { subnetIds: subnets, securityGroupIds: groups } } : {};
  const group: Inputs = type === WAREHOUSE ? { clusterParameterGroupName: id(warehouseParameters(stack)) } : {};
  const added = stack.add(type, "extra", { ...store, ...network, ...group }, scratch);
  if (type === WAREHOUSE)
    stack.add("aws:redshift/logging:Logging", "extra", { clusterIdentifier: id(added), logDestinationType: "s3", bucketName: "logs" });
  const alarm = stack.one("aws:cloudwatch/metricAlarm:MetricAlarm");
  const name = inputs["domainName"] ?? inputs["clusterIdentifier"] ?? "extra";
  stack.set(alarm, "dimensions", { ...(alarm.inputs["dimensions"] as Record<string, string> | undefined), Extra: name as string });
}
