import type * as backup from "@pulumi/aws/backup";
import type * as dynamodb from "@pulumi/aws/dynamodb";
import type * as opensearch from "@pulumi/aws/opensearch";
import type * as redshift from "@pulumi/aws/redshift";
import type * as redshiftserverless from "@pulumi/aws/redshiftserverless";
import { type Replacement, replacement } from "./replacement";

/** DynamoDB, Redshift, OpenSearch, and the vaults of their backups. */
export const DATA_REPLACEMENTS: Readonly<Record<string, Replacement>> = {
  "aws:dynamodb/table:Table": replacement<dynamodb.TableArgs>("dynamodb/table", true, [
    "region",
    "hashKey",
    "importTable",
    "localSecondaryIndexes",
    "name",
    "rangeKey",
    "restoreBackupArn",
    "restoreDateTime",
    "restoreSourceName",
    "restoreSourceTableArn",
    "restoreToLatestTime",
  ]),
  "aws:redshift/cluster:Cluster": replacement<redshift.ClusterArgs>("redshift/cluster", true, [
    "region",
    "clusterIdentifier",
    "clusterSubnetGroupName",
    "masterUsername",
    "snapshotArn",
    "snapshotClusterIdentifier",
    "snapshotIdentifier",
  ]),
  "aws:redshift/subnetGroup:SubnetGroup": replacement<redshift.SubnetGroupArgs>("redshift/subnet_group", false, ["region", "name"]),
  "aws:redshift/parameterGroup:ParameterGroup": replacement<redshift.ParameterGroupArgs>("redshift/parameter_group", false, [
    "region",
    "description",
    "family",
    "name",
  ]),
  "aws:redshiftserverless/namespace:Namespace": replacement<redshiftserverless.NamespaceArgs>("redshiftserverless/namespace", true, [
    "region",
    "dbName",
    "namespaceName",
  ]),
  // The data is the namespace's, but nobody reaches it without the workgroup, and a new one has another endpoint.
  "aws:redshiftserverless/workgroup:Workgroup": replacement<redshiftserverless.WorkgroupArgs>("redshiftserverless/workgroup", true, [
    "region",
    "namespaceName",
    "workgroupName",
  ]),
  "aws:opensearch/domain:Domain": replacement<opensearch.DomainArgs>("opensearch/domain", true, [
    "region",
    "domainName",
    { path: "vpcOptions", when: "it is given to a domain without, or taken away" },
    { path: "encryptAtRest.enabled", when: "it is turned off, or on below engine version 6.7" },
    { path: "encryptAtRest.kmsKeyId", when: "a key that was given changes" },
    { path: "nodeToNodeEncryption.enabled", when: "it is turned off, or on below engine version 6.7" },
    { path: "advancedSecurityOptions.enabled", when: "it is turned off" },
    { path: "engineVersion", when: "the new version is no upgrade path of the old one" },
  ]),
  "aws:backup/vault:Vault": replacement<backup.VaultArgs>("backup/vault", true, ["region", "kmsKeyArn", "name"]),
  "aws:backup/selection:Selection": replacement<backup.SelectionArgs>("backup/selection", false, [
    "region",
    "conditions",
    "iamRoleArn",
    "name",
    "notResources",
    "planId",
    "resources",
    "selectionTags",
  ]),
};
