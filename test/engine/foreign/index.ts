import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";

// The network: two zones, one NAT gateway each.
const vpc = new awsx.ec2.Vpc("shop", { numberOfAvailabilityZones: 2 });

// Let everything in for now, I will tidy up later.
const open = new aws.ec2.SecurityGroup("open", {
  vpcId: vpc.vpcId,
  ingress: [
    { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] },
    { protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["0.0.0.0/0"] },
  ],
  egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});

// The database.
const subnets = new aws.rds.SubnetGroup("shop", { subnetIds: vpc.publicSubnetIds });
const database = new aws.rds.Instance("shop", {
  engine: "postgres",
  instanceClass: "db.t3.micro",
  allocatedStorage: 20,
  storageType: "gp2",
  username: "postgres",
  password: "correct-horse-battery",
  publiclyAccessible: true,
  dbSubnetGroupName: subnets.name,
  vpcSecurityGroupIds: [open.id],
  skipFinalSnapshot: true,
});

// Uploads, and a function that looks at them.
const uploads = new aws.s3.Bucket("uploads", { forceDestroy: true });
const role = new aws.iam.Role("thumbnails", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
  }),
});
new aws.iam.RolePolicy("thumbnails", {
  role: role.id,
  policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
});
new aws.lambda.Function("thumbnails", {
  role: role.arn,
  runtime: "nodejs14.x",
  handler: "index.handler",
  code: "./function",
  environment: { variables: { DB_PASSWORD: "correct-horse-battery", BUCKET: uploads.bucket } },
});

// The web service on Fargate.
const cluster = new aws.ecs.Cluster("shop");
const task = new aws.ecs.TaskDefinition("web", {
  family: "web",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "4096",
  executionRoleArn: role.arn,
  taskRoleArn: role.arn,
  containerDefinitions: JSON.stringify([{ name: "web", image: "nginx:latest", portMappings: [{ containerPort: 80 }] }]),
});
const balancer = new aws.lb.LoadBalancer("a-load-balancer-with-a-very-long-name-indeed", {
  name: "a-load-balancer-with-a-very-long-name-indeed",
  securityGroups: [open.id],
  subnets: vpc.publicSubnetIds,
});
const group = new aws.lb.TargetGroup("web", { port: 80, protocol: "HTTP", targetType: "ip", vpcId: vpc.vpcId });
new aws.lb.Listener("web", {
  loadBalancerArn: balancer.arn,
  port: 80,
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});
new aws.ecs.Service("web", {
  cluster: cluster.arn,
  taskDefinition: task.arn,
  desiredCount: 1,
  launchType: "FARGATE",
  networkConfiguration: { subnets: vpc.publicSubnetIds, securityGroups: [open.id], assignPublicIp: true },
  loadBalancers: [{ targetGroupArn: group.arn, containerName: "web", containerPort: 80 }],
});

// A queue for mails that nobody reads yet.
new aws.sqs.Queue("mails");
new aws.cloudwatch.LogGroup("web");

export const host = database.address;
