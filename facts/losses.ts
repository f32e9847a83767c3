import { type Fact } from "./row";

/** What is lost with a resource that keeps data, and how it is got back. */
export interface Loss extends Fact {
  /** What goes with it, whether another one takes its place or not. */
  readonly loses: string;
  /** The way back to the data, when somebody takes that road on purpose. */
  readonly restore: string;
}

function loss(loses: string, restore: string, page: string): Loss {
  return { loses, restore, source: `https://docs.aws.amazon.com/${page}`, date: "2026-11" };
}

const AURORA = "AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html";
const RDS = "AmazonRDS/latest/UserGuide/USER_DeleteInstance.html";
const RELATIONAL = "set restoreFrom to its last snapshot, or to the database itself and a moment (docs/restore.md)";
const WAREHOUSE = "set restoreFrom to its last snapshot (docs/restore.md)";

/** By type token: every type that `facts/replacements` calls stateful. */
export const LOSSES: Readonly<Record<string, Loss>> = {
  "aws:msk/cluster:Cluster": loss(
    "its topics, messages and positions of consumers go with it, and another cluster has other addresses",
    "make the new cluster beside the old one, copy with MSK Replicator, move the services, then let the old one go",
    "msk/latest/developerguide/msk-replicator.html",
  ),
  "aws:msk/serverlessCluster:ServerlessCluster": loss(
    "its topics, messages and positions of consumers go with it, and another cluster has other addresses",
    "make the new cluster beside the old one, copy with MSK Replicator, move the services, then let the old one go",
    "msk/latest/developerguide/msk-replicator.html",
  ),
  "aws:msk/topic:Topic": loss(
    "its messages go with it, and consumers start anew in another one",
    "let every consumer read to the end first, or make a topic of another name and move producers, then consumers",
    "msk/latest/developerguide/create-topic.html",
  ),
  "aws:mq/broker:Broker": loss(
    "its queues and messages go with it, and another broker has other addresses",
    "stop the producers, let the consumers empty the queues, then replace it",
    "amazon-mq/latest/developer-guide/amazon-mq-deleting-broker.html",
  ),
  "aws:elasticache/replicationGroup:ReplicationGroup": loss(
    "what was only there, such as sessions, goes with it, and every first read then goes to the database",
    "take a snapshot and name it as snapshotName of the new one",
    "AmazonElastiCache/latest/dg/backups-restoring.html",
  ),
  "aws:elasticache/serverlessCache:ServerlessCache": loss(
    "what was only there, such as sessions, goes with it, and AWS takes no last snapshot by itself",
    "take a snapshot and name it in snapshotArnsToRestores of the new one",
    "AmazonElastiCache/latest/dg/backups-restoring.html",
  ),
  "aws:sqs/queue:Queue": loss(
    "messages that wait in it go with it, and another queue may have another address",
    "stop the senders and let the queue run empty first; dead letters can be moved with a redrive (aws sqs start-message-move-task)",
    "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delete-queue.html",
  ),
  "aws:eks/cluster:Cluster": loss(
    "everything that runs on the cluster, its objects and the volumes of its pods go with it",
    "make the new cluster beside the old one, move services and volumes (snapshots of EBS), then let the old one go",
    "eks/latest/userguide/delete-cluster.html",
  ),
  "aws:dynamodb/table:Table": loss(
    "its items go with it, and so does its point-in-time recovery",
    "set restoreFrom to the table itself and a moment, or to a backup (docs/restore.md)",
    "amazondynamodb/latest/developerguide/PointInTimeRecovery.html",
  ),
  "aws:cognito/userPool:UserPool": loss(
    "its users go with it, and whoever is signed in signs in anew; another pool has another id, which applications know",
    "export the users (ListUsers) and import them into the new pool from a CSV file; passwords can't be taken along. Users of another identity provider come back by themselves",
    "cognito/latest/developerguide/cognito-user-pools-using-import-tool.html",
  ),
  "aws:redshift/cluster:Cluster": loss(
    "its data goes with it, and so do its automatic snapshots",
    WAREHOUSE,
    "redshift/latest/mgmt/working-with-snapshots.html",
  ),
  "aws:redshiftserverless/namespace:Namespace": loss(
    "its data goes with it, and so do its recovery points",
    "restore a snapshot into the new namespace: aws redshift-serverless restore-from-snapshot (docs/restore.md)",
    "redshift/latest/mgmt/serverless-snapshots-recovery-points.html",
  ),
  "aws:redshiftserverless/workgroup:Workgroup": loss(
    "nobody reaches the data without a workgroup, and another one has another address",
    "the namespace keeps the data; wait for the new workgroup, and deploy the services that name its address again",
    "redshift/latest/mgmt/serverless-workgroup-namespace.html",
  ),
  "aws:opensearch/domain:Domain": loss(
    "its indices go with it, and so do its automatic snapshots",
    "register a repository in S3, take a snapshot of your own, and restore it into the new domain",
    "opensearch-service/latest/developerguide/managedomains-snapshots.html",
  ),
  "aws:backup/vault:Vault": loss(
    "backups are in it; AWS refuses to delete a vault that holds any, half way through the update",
    "copy the recovery points into the new vault first: aws backup start-copy-job",
    "aws-backup/latest/devguide/deleting-a-vault.html",
  ),
  "aws:rds/cluster:Cluster": loss(
    "its data goes with it, and so do its automatic backups unless they are told to stay",
    RELATIONAL,
    AURORA,
  ),
  "aws:rds/clusterInstance:ClusterInstance": loss(
    "the cluster keeps the data, but has one instance less for a while, and none when it was the only one",
    "replace one reader at a time; fail over first when it is the writer",
    AURORA,
  ),
  "aws:rds/globalCluster:GlobalCluster": loss(
    "the clusters of its regions no longer follow each other; a secondary region has no data that is kept up",
    "detach the clusters, make the new global cluster from the first of them, and add the other regions anew",
    "AmazonRDS/latest/AuroraUserGuide/aurora-global-database-managing.html",
  ),
  "aws:rds/instance:Instance": loss("its data goes with it, and so do its automatic backups unless they are told to stay", RELATIONAL, RDS),
  "aws:s3/bucket:Bucket": loss(
    "its objects and versions go with it where forceDestroy is set; else AWS refuses half way through the update",
    "copy the objects (aws s3 sync, or S3 Batch Operations), or restore a backup of the bucket (docs/restore.md)",
    "AmazonS3/latest/userguide/delete-bucket.html",
  ),
  "aws:efs/fileSystem:FileSystem": loss(
    "its files go with it",
    "restore a backup into the new one (aws backup start-restore-job), or replicate to it first",
    "efs/latest/ug/delete-efs-fs.html",
  ),
  "aws:ebs/volume:Volume": loss(
    "what is written on it goes with it",
    "take a snapshot and name it as snapshotId of the new one",
    "ebs/latest/userguide/ebs-deleting-volume.html",
  ),
  "aws:kms/key:Key": loss(
    "what it encrypted cannot be read any more once its deletion is through, backups included",
    "keep the old key until everything is encrypted with the new one; aws kms cancel-key-deletion stops a deletion that waits",
    "kms/latest/developerguide/deleting-keys.html",
  ),
  "aws:secretsmanager/secret:Secret": loss(
    "its value goes with it, and whoever reads it by its ARN fails",
    "aws secretsmanager restore-secret brings the old one back within its recovery window",
    "secretsmanager/latest/userguide/manage_delete-secret.html",
  ),
};

/** By type token: objects of Kubernetes with which data goes. Everything else that Kubernetes has is made anew from what was declared. */
export const KUBERNETES_LOSSES: Readonly<Record<string, Loss>> = {
  "kubernetes:core/v1:PersistentVolumeClaim": {
    loses: "the volume goes with its claim, where the storage class deletes it",
    restore: "take a VolumeSnapshot and name it as the dataSource of the new claim",
    source: "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming",
    date: "2026-11",
  },
  "kubernetes:core/v1:PersistentVolume": {
    loses: "another volume is another disk",
    restore: "let the new one point at the disk of the old one, with the reclaim policy Retain",
    source: "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming",
    date: "2026-11",
  },
  "kubernetes:core/v1:Namespace": {
    loses: "everything in the namespace goes with it, the claims of volumes too",
    restore: "take a VolumeSnapshot of each claim first, in a class that retains them",
    source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
    date: "2026-11",
  },
  "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition": {
    loses: "every object of the kind goes with its definition",
    restore: "export the objects first (kubectl get <kind> -A -o yaml) and apply them again",
    source:
      "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#delete-a-customresourcedefinition",
    date: "2026-11",
  },
};
