import { type Template } from "./findable";

/** What Cloud Control deletes, by service and kind of its ARN. */
export interface Deletable {
  readonly cloudFormation: string;
  readonly identifier: Template;
  /** Pulumi's type, where the kind is of one type only. */
  readonly type?: string;
}

/**
 * Kinds of ARN that carry the tags of a stack, and what they are to Cloud Control.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html, "Resource types defined
 * by" each service, and the primary identifiers of the resource schemas of CloudFormation, us-east-1 (2026-11).
 */
export const DELETABLE: Readonly<Record<string, Deletable>> = {
  "apigateway:apis": { cloudFormation: "AWS::ApiGatewayV2::Api", identifier: "{last}", type: "aws:apigatewayv2/api:Api" },
  "autoscaling:autoScalingGroup": {
    cloudFormation: "AWS::AutoScaling::AutoScalingGroup",
    identifier: "{last}",
    type: "aws:autoscaling/group:Group",
  },
  "backup:backup-plan": { cloudFormation: "AWS::Backup::BackupPlan", identifier: "{last}", type: "aws:backup/plan:Plan" },
  "backup:backup-vault": { cloudFormation: "AWS::Backup::BackupVault", identifier: "{last}", type: "aws:backup/vault:Vault" },
  "cloudwatch:alarm": { cloudFormation: "AWS::CloudWatch::Alarm", identifier: "{named}" },
  "cognito-idp:userpool": { cloudFormation: "AWS::Cognito::UserPool", identifier: "{last}", type: "aws:cognito/userPool:UserPool" },
  "dynamodb:table": { cloudFormation: "AWS::DynamoDB::Table", identifier: "{last}", type: "aws:dynamodb/table:Table" },
  "ec2:internet-gateway": {
    cloudFormation: "AWS::EC2::InternetGateway",
    identifier: "{last}",
    type: "aws:ec2/internetGateway:InternetGateway",
  },
  "ec2:launch-template": {
    cloudFormation: "AWS::EC2::LaunchTemplate",
    identifier: "{last}",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
  },
  "ec2:natgateway": { cloudFormation: "AWS::EC2::NatGateway", identifier: "{last}", type: "aws:ec2/natGateway:NatGateway" },
  "ec2:route-table": { cloudFormation: "AWS::EC2::RouteTable", identifier: "{last}", type: "aws:ec2/routeTable:RouteTable" },
  "ec2:security-group": { cloudFormation: "AWS::EC2::SecurityGroup", identifier: "{last}", type: "aws:ec2/securityGroup:SecurityGroup" },
  "ec2:subnet": { cloudFormation: "AWS::EC2::Subnet", identifier: "{last}", type: "aws:ec2/subnet:Subnet" },
  "ec2:volume": { cloudFormation: "AWS::EC2::Volume", identifier: "{last}", type: "aws:ebs/volume:Volume" },
  "ec2:vpc": { cloudFormation: "AWS::EC2::VPC", identifier: "{last}", type: "aws:ec2/vpc:Vpc" },
  "ec2:vpc-endpoint": { cloudFormation: "AWS::EC2::VPCEndpoint", identifier: "{last}", type: "aws:ec2/vpcEndpoint:VpcEndpoint" },
  "ec2:vpc-flow-log": { cloudFormation: "AWS::EC2::FlowLog", identifier: "{last}", type: "aws:ec2/flowLog:FlowLog" },
  "ecs:cluster": { cloudFormation: "AWS::ECS::Cluster", identifier: "{last}", type: "aws:ecs/cluster:Cluster" },
  "ecs:task-definition": { cloudFormation: "AWS::ECS::TaskDefinition", identifier: "{arn}", type: "aws:ecs/taskDefinition:TaskDefinition" },
  "eks:cluster": { cloudFormation: "AWS::EKS::Cluster", identifier: "{last}", type: "aws:eks/cluster:Cluster" },
  "elasticache:replicationgroup": {
    cloudFormation: "AWS::ElastiCache::ReplicationGroup",
    identifier: "{last}",
    type: "aws:elasticache/replicationGroup:ReplicationGroup",
  },
  "elasticache:serverlesscache": {
    cloudFormation: "AWS::ElastiCache::ServerlessCache",
    identifier: "{last}",
    type: "aws:elasticache/serverlessCache:ServerlessCache",
  },
  "elasticache:subnetgroup": {
    cloudFormation: "AWS::ElastiCache::SubnetGroup",
    identifier: "{last}",
    type: "aws:elasticache/subnetGroup:SubnetGroup",
  },
  "elasticache:user": { cloudFormation: "AWS::ElastiCache::User", identifier: "{last}", type: "aws:elasticache/user:User" },
  "elasticache:usergroup": {
    cloudFormation: "AWS::ElastiCache::UserGroup",
    identifier: "{last}",
    type: "aws:elasticache/userGroup:UserGroup",
  },
  "elasticloadbalancing:loadbalancer": {
    cloudFormation: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    identifier: "{arn}",
    type: "aws:lb/loadBalancer:LoadBalancer",
  },
  "elasticloadbalancing:listener": {
    cloudFormation: "AWS::ElasticLoadBalancingV2::Listener",
    identifier: "{arn}",
    type: "aws:lb/listener:Listener",
  },
  "elasticloadbalancing:targetgroup": {
    cloudFormation: "AWS::ElasticLoadBalancingV2::TargetGroup",
    identifier: "{arn}",
    type: "aws:lb/targetGroup:TargetGroup",
  },
  "events:rule": { cloudFormation: "AWS::Events::Rule", identifier: "{arn}", type: "aws:cloudwatch/eventRule:EventRule" },
  "firehose:deliverystream": {
    cloudFormation: "AWS::KinesisFirehose::DeliveryStream",
    identifier: "{last}",
    type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  },
  "iam:policy": { cloudFormation: "AWS::IAM::ManagedPolicy", identifier: "{arn}", type: "aws:iam/policy:Policy" },
  "iam:role": { cloudFormation: "AWS::IAM::Role", identifier: "{last}", type: "aws:iam/role:Role" },
  "kafka:cluster": { cloudFormation: "AWS::MSK::Cluster", identifier: "{arn}", type: "aws:msk/cluster:Cluster" },
  "kms:key": { cloudFormation: "AWS::KMS::Key", identifier: "{last}", type: "aws:kms/key:Key" },
  "lambda:function": { cloudFormation: "AWS::Lambda::Function", identifier: "{last}", type: "aws:lambda/function:Function" },
  "logs:log-group": { cloudFormation: "AWS::Logs::LogGroup", identifier: "{named}", type: "aws:cloudwatch/logGroup:LogGroup" },
  "mq:broker": { cloudFormation: "AWS::AmazonMQ::Broker", identifier: "{last}", type: "aws:mq/broker:Broker" },
  "rds:cluster": { cloudFormation: "AWS::RDS::DBCluster", identifier: "{last}", type: "aws:rds/cluster:Cluster" },
  "rds:cluster-pg": {
    cloudFormation: "AWS::RDS::DBClusterParameterGroup",
    identifier: "{last}",
    type: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
  },
  "rds:db": { cloudFormation: "AWS::RDS::DBInstance", identifier: "{last}" },
  "rds:og": { cloudFormation: "AWS::RDS::OptionGroup", identifier: "{last}", type: "aws:rds/optionGroup:OptionGroup" },
  "rds:pg": { cloudFormation: "AWS::RDS::DBParameterGroup", identifier: "{last}", type: "aws:rds/parameterGroup:ParameterGroup" },
  "rds:subgrp": { cloudFormation: "AWS::RDS::DBSubnetGroup", identifier: "{last}", type: "aws:rds/subnetGroup:SubnetGroup" },
  s3: { cloudFormation: "AWS::S3::Bucket", identifier: "{last}", type: "aws:s3/bucket:Bucket" },
  "secretsmanager:secret": { cloudFormation: "AWS::SecretsManager::Secret", identifier: "{arn}", type: "aws:secretsmanager/secret:Secret" },
  sns: { cloudFormation: "AWS::SNS::Topic", identifier: "{arn}", type: "aws:sns/topic:Topic" },
  sqs: {
    cloudFormation: "AWS::SQS::Queue",
    identifier: "https://sqs.{region}.amazonaws.com/{account}/{last}",
    type: "aws:sqs/queue:Queue",
  },
};
