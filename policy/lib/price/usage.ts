import { type Pricer, usage } from "./charge";

/** What costs nothing while nobody uses it. */
const BY_USE: Readonly<Record<string, readonly string[]>> = {
  "storage and requests": [
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketV2:BucketV2",
    "aws:ecr/repository:Repository",
    "aws:efs/fileSystem:FileSystem",
    "aws:backup/vault:Vault",
    "aws:dynamodb/globalTable:GlobalTable",
    "aws:dynamodb/tableReplica:TableReplica",
    "aws:ebs/snapshot:Snapshot",
    "aws:ec2/ami:Ami",
  ],
  requests: [
    "aws:sqs/queue:Queue",
    "aws:sns/topic:Topic",
    "aws:apigatewayv2/api:Api",
    "aws:apigateway/restApi:RestApi",
    "aws:cloudfront/distribution:Distribution",
    "aws:cloudwatch/eventBus:EventBus",
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cognito/userPool:UserPool",
    "aws:scheduler/schedule:Schedule",
    "aws:sfn/stateMachine:StateMachine",
    "aws:athena/workgroup:Workgroup",
    "aws:appsync/graphQLApi:GraphQLApi",
    "aws:s3/bucketMetric:BucketMetric",
  ],
  "data that goes in": [
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:ec2/flowLog:FlowLog",
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    "aws:cloudtrail/trail:Trail",
    "aws:guardduty/detector:Detector",
    "aws:cfg/recorder:Recorder",
  ],
  "time that it runs": [
    "aws:codebuild/project:Project",
    "aws:glue/job:Job",
    "aws:batch/computeEnvironment:ComputeEnvironment",
    "aws:synthetics/canary:Canary",
  ],
};

/** Services that are paid by use alone. */
export const USAGE_PRICERS: readonly Pricer[] = Object.entries(BY_USE).map(([what, types]) => ({ types, charges: () => [usage(what)] }));
