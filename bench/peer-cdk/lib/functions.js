"use strict";
const { Duration, Stack } = require("aws-cdk-lib");
const api = require("aws-cdk-lib/aws-apigatewayv2");
const { HttpLambdaIntegration } = require("aws-cdk-lib/aws-apigatewayv2-integrations");
const ec2 = require("aws-cdk-lib/aws-ec2");
const lambda = require("aws-cdk-lib/aws-lambda");
const sources = require("aws-cdk-lib/aws-lambda-event-sources");
const logs = require("aws-cdk-lib/aws-logs");
const secrets = require("aws-cdk-lib/aws-secretsmanager");
const sqs = require("aws-cdk-lib/aws-sqs");

const FUNCTIONS = { "payments-webhook": 256, thumbnails: 1024, notifications: 256 };

/** Functions in the VPC, an HTTP API in front of one, events of S3 and Kafka before the others. */
class FunctionStack extends Stack {
  constructor(scope, id, { vpc, data, ...props }) {
    super(scope, id, props);
    this.functions = Object.entries(FUNCTIONS).map(([name, memorySize]) => {
      const dead = new sqs.Queue(this, `${name}-dead`, { enforceSSL: true, retentionPeriod: Duration.days(14) });
      return new lambda.Function(this, name, {
        runtime: lambda.Runtime.NODEJS_22_X,
        architecture: lambda.Architecture.ARM_64,
        handler: "index.handler",
        code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
        memorySize,
        timeout: Duration.seconds(30),
        vpc,
        vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
        deadLetterQueue: dead,
        tracing: lambda.Tracing.ACTIVE,
        reservedConcurrentExecutions: 100,
        logGroup: new logs.LogGroup(this, `${name}-logs`, { retention: logs.RetentionDays.THREE_MONTHS }),
      });
    });
    const [webhook, thumbnails, notifications] = this.functions;
    this.httpApi = new api.HttpApi(this, "Api");
    this.httpApi.addRoutes({ path: "/webhooks/payments", methods: ["POST"], integration: new HttpLambdaIntegration("webhook", webhook) });
    data.payments.grantReadWriteData(webhook);
    for (const [name, reader] of [
      ["PaymentProvider", webhook],
      ["MessageProvider", notifications],
    ])
      new secrets.Secret(this, name).grantRead(reader);
    data.thumbnails.grantWrite(thumbnails);
    notifications.addEventSource(
      new sources.ManagedKafkaEventSource({
        clusterArn: data.kafka.attrArn,
        topic: "orders.v1",
        startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      }),
    );
  }
}

module.exports = { FunctionStack };
