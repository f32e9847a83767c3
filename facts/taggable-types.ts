/**
 * Types of the AWS provider that take `tags`, of those that belong to a service or its stores.
 * Source: the argument types of @pulumi/aws 7.48 (2026-11); a test compares each with them.
 */
export const TAGGABLE_TYPES: ReadonlySet<string> = new Set([
  "aws:apigatewayv2/api:Api",
  "aws:appautoscaling/target:Target",
  "aws:cloudwatch/compositeAlarm:CompositeAlarm",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:codedeploy/application:Application",
  "aws:codedeploy/deploymentGroup:DeploymentGroup",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ecs/service:Service",
  "aws:ecs/taskDefinition:TaskDefinition",
  "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  "aws:iam/role:Role",
  "aws:lambda/eventSourceMapping:EventSourceMapping",
  "aws:lambda/function:Function",
  "aws:lb/listener:Listener",
  "aws:lb/listenerRule:ListenerRule",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:lb/targetGroup:TargetGroup",
  "aws:sqs/queue:Queue",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
]);

/**
 * Types of the AWS provider that take `tags`, of those that stand for themselves: what holds data, runs code or is paid for by the hour.
 * Source: as above; the same test compares them.
 */
export const OWNED_TYPES: readonly string[] = [
  "aws:backup/vault:Vault",
  "aws:dynamodb/table:Table",
  "aws:ec2/instance:Instance",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/vpc:Vpc",
  "aws:ecr/repository:Repository",
  "aws:ecs/cluster:Cluster",
  "aws:ecs/service:Service",
  "aws:efs/fileSystem:FileSystem",
  "aws:eks/cluster:Cluster",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:elasticache/serverlessCache:ServerlessCache",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "aws:kms/key:Key",
  "aws:lambda/function:Function",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:mq/broker:Broker",
  "aws:msk/cluster:Cluster",
  "aws:msk/serverlessCluster:ServerlessCluster",
  "aws:opensearch/domain:Domain",
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:redshift/cluster:Cluster",
  "aws:redshiftserverless/workgroup:Workgroup",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
  "aws:secretsmanager/secret:Secret",
  "aws:sns/topic:Topic",
  "aws:sqs/queue:Queue",
];
