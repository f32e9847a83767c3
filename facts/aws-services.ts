/**
 * Modules of the AWS provider whose service is called something else: first as its SDK id, then as its endpoint.
 * Source: `ServiceID` of each client of aws-sdk-go-v2, "Service endpoints and quotas" in the AWS General Reference (2026-11).
 */
const SERVICES: Readonly<Record<string, readonly [sdkId: string, endpoint: string]>> = {
  acm: ["ACM", "acm"],
  apigatewayv2: ["ApiGatewayV2", "apigateway"],
  appautoscaling: ["Application Auto Scaling", "application-autoscaling"],
  autoscaling: ["Auto Scaling", "autoscaling"],
  backup: ["Backup", "backup"],
  cloudwatch: ["CloudWatch", "monitoring"],
  cognito: ["Cognito Identity Provider", "cognito-idp"],
  dynamodb: ["DynamoDB", "dynamodb"],
  ec2: ["EC2", "ec2"],
  ecs: ["ECS", "ecs"],
  eks: ["EKS", "eks"],
  elasticache: ["ElastiCache", "elasticache"],
  iam: ["IAM", "iam"],
  kinesis: ["Firehose", "firehose"],
  kms: ["KMS", "kms"],
  lambda: ["Lambda", "lambda"],
  lb: ["Elastic Load Balancing v2", "elasticloadbalancing"],
  mq: ["mq", "mq"],
  msk: ["Kafka", "kafka"],
  opensearch: ["OpenSearch", "es"],
  rds: ["RDS", "rds"],
  redshift: ["Redshift", "redshift"],
  redshiftserverless: ["Redshift Serverless", "redshift-serverless"],
  route53: ["Route 53", "route53"],
  s3: ["S3", "s3"],
  scheduler: ["Scheduler", "scheduler"],
  secretsmanager: ["Secrets Manager", "secretsmanager"],
  servicediscovery: ["ServiceDiscovery", "servicediscovery"],
  sns: ["SNS", "sns"],
  sqs: ["SQS", "sqs"],
  ssm: ["SSM", "ssm"],
  vpc: ["EC2", "ec2"],
};

/** Types whose service is another than their module's. */
const LOGS = /^aws:cloudwatch\/log/;
const EVENTS = /^aws:cloudwatch\/event/;

function namesOf(type: string): readonly [sdkId: string, endpoint: string] {
  if (LOGS.test(type)) return ["CloudWatch Logs", "logs"];
  if (EVENTS.test(type)) return ["EventBridge", "events"];
  const [source = "", module = ""] = type.split(/[:/]/);
  return SERVICES[module] ?? [module, source === "aws" ? module : source];
}

/** The service whose API makes a type, as its endpoint is called: `ec2`, `iam`, `logs`. Of another provider than AWS's, that provider. */
export function serviceOf(type: string): string {
  return namesOf(type)[1];
}

/** The service whose API makes a type, as the SDK calls it in errors: `EC2`, `CloudWatch Logs`. */
export function sdkIdOf(type: string): string {
  return namesOf(type)[0];
}
