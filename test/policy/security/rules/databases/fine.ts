import { type StackResource } from "../../../../../policy/lib/resource";
import { type Mutant } from "../../../mutant";
import { id, type Inputs, Ref } from "../../../stack";

const KEY = "arn:aws:kms:us-east-1:444455556666:key/d150de34-9fc4-4166-abdc-9e20321191fc";
const LOG_GROUP = "arn:aws:logs:us-east-1:444455556666:log-group:/search";

/** Kinds of store that our own stack does not have, as a careful person would add them; `change` is what is wrong about it. */
export interface FineStores {
  readonly warehouse: (change?: Inputs, parameters?: Inputs) => StackResource;
  readonly search: (change?: Inputs) => StackResource;
  readonly dax: (change?: Inputs) => StackResource;
}

/** Adds stores to a stack, as something of no lasting worth, so that no rule asks for backups and standbys. */
export function fineStores(stack: Mutant): FineStores {
  const trial = stack.add("strata:stacks:Platform", "trial", { durable: false });
  const add = (type: string, name: string, inputs: Inputs) => (change?: Inputs) =>
    stack.add(type, name, { ...inputs, tags: { "strata:because": "a trial of a month" }, ...change }, trial);
  return {
    warehouse: (change, parameters) => {
      const group = stack.add("aws:redshift/parameterGroup:ParameterGroup", "reports", {
        family: "redshift-1.0",
        parameters: Object.entries({ ...WAREHOUSE_PARAMETERS, ...parameters }).map(([name, value]) => ({ name, value })),
      });
      const warehouse = add("aws:redshift/cluster:Cluster", "reports", { ...WAREHOUSE, clusterParameterGroupName: id(group) })(change);
      stack.add("aws:redshift/logging:Logging", "reports", {
        clusterIdentifier: id(warehouse),
        logDestinationType: "s3",
        bucketName: "logs",
      });
      watch(stack, "reports-cpu", "AWS/Redshift", { ClusterIdentifier: id(warehouse) });
      return warehouse;
    },
    search: (change) => watchedSearch(stack, add("aws:opensearch/domain:Domain", "search", SEARCH_DOMAIN)(change)),
    dax: add("aws:dax/cluster:Cluster", "prices", DAX),
  };
}

/** A search domain with the alarm that it needs. */
export function watchedSearch(stack: Mutant, domain: StackResource): StackResource {
  watch(stack, "search-storage", "AWS/ES", { DomainName: new Ref(domain, "domainName") });
  return domain;
}

function watch(stack: Mutant, name: string, namespace: string, dimensions: Inputs): void {
  stack.add("aws:cloudwatch/metricAlarm:MetricAlarm", name, {
    namespace,
    metricName: "CPUUtilization",
    dimensions,
    statistic: "Average",
    period: 300,
    evaluationPeriods: 3,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 80,
    alarmActions: ["arn:aws:sns:us-east-1:444455556666:alarms"],
  });
}

const WAREHOUSE_PARAMETERS: Inputs = { require_ssl: "true", enable_user_activity_logging: "true" };

const WAREHOUSE: Inputs = {
  nodeType: "ra3.large",
  numberOfNodes: 2,
  masterUsername: "reports_owner",
  manageMasterPassword: true,
  databaseName: "reports",
  encrypted: true,
  kmsKeyId: KEY,
  enhancedVpcRouting: true,
  publiclyAccessible: false,
  clusterSubnetGroupName: "reports",
  finalSnapshotIdentifier: "reports-final",
};

/** A domain that no rule finds anything wrong with. */
export const SEARCH_DOMAIN: Inputs = {
  engineVersion: "OpenSearch_2.19",
  clusterConfig: {
    instanceType: "m7g.large.search",
    instanceCount: 3,
    dedicatedMasterEnabled: true,
    dedicatedMasterCount: 3,
    dedicatedMasterType: "m7g.large.search",
    zoneAwarenessEnabled: true,
    zoneAwarenessConfig: { availabilityZoneCount: 3 },
  },
  ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: 100 },
  encryptAtRest: { enabled: true, kmsKeyId: KEY },
  nodeToNodeEncryption: { enabled: true },
  domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
  advancedSecurityOptions: { enabled: true, masterUserOptions: { masterUserArn: "arn:aws:iam::444455556666:role/search" } },
  vpcOptions: { subnetIds: ["subnet-1", "subnet-2", "subnet-3"], securityGroupIds: ["sg-1"] },
  logPublishingOptions: ["ES_APPLICATION_LOGS", "AUDIT_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"].map((logType) => ({
    logType,
    cloudwatchLogGroupArn: LOG_GROUP,
  })),
};

const DAX: Inputs = {
  nodeType: "dax.r5.large",
  replicationFactor: 3,
  iamRoleArn: "arn:aws:iam::444455556666:role/dax",
  serverSideEncryption: { enabled: true },
  clusterEndpointEncryptionType: "TLS",
};
