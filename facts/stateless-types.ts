import { KUBERNETES_LOSSES } from "./losses";
import { REPLACEMENTS } from "./replacements";

/**
 * Types, or whole modules (ending in `/`), that `facts/replacements` has no row of and of which is known that nothing is in them but what the program says:
 * a new one in place of the old is the same. A type that may hold what others put there (users, messages, files, records of others) is not here.
 * Read off the arguments of @pulumi/aws 7.48 (2026-11).
 */
const STATELESS: readonly string[] = [
  "aws:acm/",
  "aws:apigatewayv2/",
  "aws:appautoscaling/",
  "aws:autoscaling/",
  "aws:backup/plan:Plan",
  "aws:backup/selection:Selection",
  "aws:backup/vaultPolicy:VaultPolicy",
  "aws:cloudwatch/",
  "aws:cognito/identityProvider:IdentityProvider",
  "aws:cognito/userPoolClient:UserPoolClient",
  "aws:cognito/userPoolDomain:UserPoolDomain",
  // Not the whole module: an instance has a disk.
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
  "aws:ec2/eip:Eip",
  "aws:ec2/eipAssociation:EipAssociation",
  "aws:ec2/flowLog:FlowLog",
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/networkAcl:NetworkAcl",
  "aws:ec2/route:Route",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:ecs/",
  "aws:eks/",
  "aws:elasticache/parameterGroup:ParameterGroup",
  "aws:elasticache/userGroup:UserGroup",
  "aws:elasticache/userGroupAssociation:UserGroupAssociation",
  "aws:iam/",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "aws:kms/alias:Alias",
  "aws:kms/grant:Grant",
  "aws:lambda/",
  "aws:lb/",
  "aws:redshiftserverless/usageLimit:UsageLimit",
  "aws:route53/record:Record",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLogging:BucketLogging",
  "aws:s3/bucketMetric:BucketMetric",
  "aws:s3/bucketNotification:BucketNotification",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:scheduler/",
  "aws:secretsmanager/secretPolicy:SecretPolicy",
  "aws:secretsmanager/secretRotation:SecretRotation",
  // The version before it stays, as AWSPREVIOUS.
  "aws:secretsmanager/secretVersion:SecretVersion",
  "aws:servicediscovery/",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription",
  "aws:sqs/queuePolicy:QueuePolicy",
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
  "aws:vpc/",
  "kubernetes:",
  "pulumi:",
  // The new value reaches whoever uses it in the same update.
  "random:",
];

/** Whether a resource of a type keeps data: `unknown` when no table knows, and then nobody may take it for nothing. */
export function keepsData(type: string): "yes" | "no" | "unknown" {
  const row = REPLACEMENTS[type];
  if (row) return row.stateful ? "yes" : "no";
  if (type in KUBERNETES_LOSSES) return "yes";
  return STATELESS.some((known) => (/[/:]$/.test(known) ? type.startsWith(known) : type === known)) ? "no" : "unknown";
}
