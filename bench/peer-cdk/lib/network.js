"use strict";
const { Stack } = require("aws-cdk-lib");
const ec2 = require("aws-cdk-lib/aws-ec2");
const logs = require("aws-cdk-lib/aws-logs");

const ENDPOINTS = ["ECR", "ECR_DOCKER", "CLOUDWATCH_LOGS", "SECRETS_MANAGER", "KMS", "STS"];

/** VPC over three zones with a NAT gateway each, flow logs and endpoints. */
class NetworkStack extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    this.vpc = new ec2.Vpc(this, "Vpc", {
      ipAddresses: ec2.IpAddresses.cidr("10.20.0.0/16"),
      availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
      natGateways: 3,
      subnetConfiguration: [
        { name: "public", subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24 },
        { name: "private", subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
        { name: "isolated", subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
      gatewayEndpoints: {
        S3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
        DynamoDb: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
      },
    });
    this.vpc.addFlowLog("Flow", {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(
        new logs.LogGroup(this, "FlowLogs", { retention: logs.RetentionDays.THREE_MONTHS }),
      ),
    });
    for (const name of ENDPOINTS) this.vpc.addInterfaceEndpoint(name, { service: ec2.InterfaceVpcEndpointAwsService[name], open: false });
  }
}

module.exports = { NetworkStack };
