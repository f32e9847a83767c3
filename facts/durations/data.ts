import { type DurationTable, type Inputs, numberIn, textIn, took, waits } from "./duration";

const RDS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CreateDBInstance.html";
const RDS_GONE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html";
const MULTI_AZ = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html";
const AURORA = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.CreateInstance.html";
const PROXY = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-creating.html";
const REPLICATION = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.html";
const SERVERLESS_CACHE = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/GettingStarted.html";
const DYNAMODB = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html";
const REPLICAS = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html";
const REDSHIFT = "https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-console.html";
const REDSHIFT_SERVERLESS = "https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-workgroup-namespace.html";
const OPENSEARCH = "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createupdatedomains.html";
const FINAL_SNAPSHOT = 3;
const STANDBY = 5;
const SHARD = 1;

/** A Multi-AZ instance is copied to its standby from a snapshot; engines that are installed on Windows or with options start slower. */
function instance({ multiAz, engine, skipFinalSnapshot, replicateSourceDb }: Inputs) {
  const first = /^(sqlserver|oracle)/.test(textIn(engine)) ? 14 : 8;
  const copied = replicateSourceDb === undefined ? 0 : 4;
  const create = first + copied + (multiAz === true ? STANDBY : 0);
  const gone = 4 + (skipFinalSnapshot === true ? 0 : FINAL_SNAPSHOT);
  return {
    ...took(multiAz === true ? MULTI_AZ : RDS, [create, create * 2.5], [multiAz === true ? 10 : 7, 40], [gone, 20]),
    ...(multiAz !== true && skipFinalSnapshot !== true && { source: RDS_GONE }),
  };
}

/** Each shard is its own primary with replicas; AWS makes them side by side, and then joins them. */
function replicationGroup({ numNodeGroups, finalSnapshotIdentifier }: Inputs) {
  const create = 8 + SHARD * Math.max(0, numberIn(numNodeGroups, 1) - 1);
  return took(REPLICATION, [create, create * 2.5], [6, 40], [textIn(finalSnapshotIdentifier) ? 7 : 4, 20]);
}

/** Databases, caches, tables, warehouses and search. */
export const DATA_DURATIONS: DurationTable = {
  "aws:rds/instance:Instance": instance,
  "aws:rds/cluster:Cluster": took(AURORA, [1, 4], [1, 15], [1.5, 10]),
  "aws:rds/clusterInstance:ClusterInstance": took(AURORA, [6.4, 15], [3, 20], [5, 15]),
  "aws:rds/proxy:Proxy": took(PROXY, [5, 15], 1, 3),
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": waits("rds/proxy_default_target_group", 0.5, 0.5, 0.02),
  "aws:rds/proxyTarget:ProxyTarget": waits("rds/proxy_target", 0.2, 0.2, 0.1),
  "aws:rds/subnetGroup:SubnetGroup": waits("rds/subnet_group", 0.05, 0.05, 0.05),
  "aws:rds/parameterGroup:ParameterGroup": waits("rds/parameter_group", 0.1, 0.1, 0.1),
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": waits("rds/cluster_parameter_group", 0.1, 0.1, 0.1),
  "aws:rds/optionGroup:OptionGroup": waits("rds/option_group", 0.2, 0.2, 0.2),
  "aws:elasticache/replicationGroup:ReplicationGroup": replicationGroup,
  "aws:elasticache/serverlessCache:ServerlessCache": took(SERVERLESS_CACHE, [12, 20], 2, 5),
  "aws:elasticache/subnetGroup:SubnetGroup": waits("elasticache/subnet_group", 0.05, 0.05, 0.05),
  "aws:elasticache/user:User": waits("elasticache/user", 0.3, 0.5, 0.5),
  "aws:elasticache/userGroup:UserGroup": waits("elasticache/user_group", 0.7, 0.7, 0.7),
  "aws:elasticache/userGroupAssociation:UserGroupAssociation": waits("elasticache/user_group_association", 0.7, 0.7, 0.7),
  "aws:dynamodb/table:Table": ({ replicas }) =>
    Array.isArray(replicas) && replicas.length > 0 ? took(REPLICAS, [4, 15], 2, 2) : took(DYNAMODB, 0.15, 0.3, 0.15),
  "aws:redshift/cluster:Cluster": took(REDSHIFT, [8, 20], [10, 60], [3, 15]),
  "aws:redshift/subnetGroup:SubnetGroup": waits("redshift/subnet_group", 0.05, 0.05, 0.05),
  "aws:redshift/parameterGroup:ParameterGroup": waits("redshift/parameter_group", 0.05, 0.05, 0.05),
  "aws:redshiftserverless/namespace:Namespace": took(REDSHIFT_SERVERLESS, 0.3, 0.5, 1),
  "aws:redshiftserverless/workgroup:Workgroup": took(REDSHIFT_SERVERLESS, [6, 15], [2, 15], [3, 10]),
  "aws:opensearch/domain:Domain": took(OPENSEARCH, [18, 30], [20, 60], [10, 20]),
};
