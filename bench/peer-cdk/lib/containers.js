"use strict";
const { Duration, Stack } = require("aws-cdk-lib");
const autoscaling = require("aws-cdk-lib/aws-autoscaling");
const ec2 = require("aws-cdk-lib/aws-ec2");
const ecs = require("aws-cdk-lib/aws-ecs");
const elb = require("aws-cdk-lib/aws-elasticloadbalancingv2");
const events = require("aws-cdk-lib/aws-events");
const targets = require("aws-cdk-lib/aws-events-targets");
const iam = require("aws-cdk-lib/aws-iam");
const logs = require("aws-cdk-lib/aws-logs");

const NGINX = "public.ecr.aws/nginx/nginx-unprivileged:1.27";
/** Long-running services: path, CPU units, MiB, whether they run on instances. */
const SERVICES = {
  storefront: { path: "/*", cpu: 256, memory: 512 },
  orders: { path: "/orders/*", cpu: 256, memory: 512 },
  partners: { path: "/partners/*", cpu: 256, memory: 1024 },
  billing: { path: "/billing/*", cpu: 256, memory: 1024 },
  recommendations: { path: "/recommendations/*", cpu: 1024, memory: 6144, instances: true },
};
const JOBS = { "media-encoder": { cpu: 4096, memory: 8192 }, "nightly-reports": { cpu: 2048, memory: 4096 } };

/** ECS on Fargate and on EC2 behind one load balancer, and the jobs. */
class ContainerStack extends Stack {
  constructor(scope, id, { vpc, data, ...props }) {
    super(scope, id, props);
    this.vpc = vpc;
    this.cluster = this.createCluster();
    this.balancer = new elb.ApplicationLoadBalancer(this, "Balancer", { vpc, internetFacing: true, dropInvalidHeaderFields: true });
    this.listener = this.balancer.addListener("Http", { port: 80, open: true, defaultAction: elb.ListenerAction.fixedResponse(404) });
    this.services = Object.entries(SERVICES).map(([name, shape], index) => this.createService(name, shape, index));
    for (const [name, shape] of Object.entries(JOBS)) this.createJob(name, shape);
    this.allow(data);
  }

  createCluster() {
    const cluster = new ecs.Cluster(this, "Cluster", { vpc: this.vpc, containerInsightsV2: ecs.ContainerInsights.ENHANCED });
    cluster.enableFargateCapacityProviders();
    const group = new autoscaling.AutoScalingGroup(this, "Instances", {
      vpc: this.vpc,
      instanceType: new ec2.InstanceType("m7g.large"),
      machineImage: ecs.EcsOptimizedImage.amazonLinux2023(ecs.AmiHardwareType.ARM),
      minCapacity: 3,
      maxCapacity: 30,
      requireImdsv2: true,
    });
    this.instances = new ecs.AsgCapacityProvider(this, "OnInstances", { autoScalingGroup: group });
    cluster.addAsgCapacityProvider(this.instances);
    return cluster;
  }

  container(task, name, { memory, image = NGINX, command } = {}) {
    return task.addContainer(name, {
      image: ecs.ContainerImage.fromRegistry(image),
      command,
      memoryLimitMiB: memory,
      readonlyRootFilesystem: true,
      logging: ecs.LogDrivers.awsLogs({
        streamPrefix: name,
        logGroup: new logs.LogGroup(this, `${name}-logs`, { retention: logs.RetentionDays.THREE_MONTHS }),
      }),
    });
  }

  createService(name, { path, cpu, memory, instances = false }, index) {
    const task = instances
      ? new ecs.Ec2TaskDefinition(this, `${name}-task`, { networkMode: ecs.NetworkMode.AWS_VPC })
      : new ecs.FargateTaskDefinition(this, `${name}-task`, { cpu, memoryLimitMiB: memory });
    const container = this.container(task, name, instances ? { memory } : {});
    container.addPortMappings({ containerPort: 8080 });
    const common = {
      cluster: this.cluster,
      taskDefinition: task,
      desiredCount: 3,
      circuitBreaker: { rollback: true },
      minHealthyPercent: 100,
    };
    const service = instances
      ? new ecs.Ec2Service(this, name, {
          ...common,
          capacityProviderStrategies: [{ capacityProvider: this.instances.capacityProviderName, weight: 1 }],
        })
      : new ecs.FargateService(this, name, { ...common, capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }] });
    this.listener.addTargets(`${name}-targets`, {
      port: 8080,
      protocol: elb.ApplicationProtocol.HTTP,
      targets: [service],
      priority: 100 - index,
      conditions: [elb.ListenerCondition.pathPatterns([path])],
      healthCheck: { path: "/", interval: Duration.seconds(10) },
      deregistrationDelay: Duration.seconds(30),
    });
    const scaling = service.autoScaleTaskCount({ minCapacity: 3, maxCapacity: 30 });
    scaling.scaleOnCpuUtilization(`${name}-cpu`, { targetUtilizationPercent: 60 });
    scaling.scaleOnMemoryUtilization(`${name}-memory`, { targetUtilizationPercent: 75 });
    return service;
  }

  createJob(name, { cpu, memory }) {
    const task = new ecs.FargateTaskDefinition(this, `${name}-task`, { cpu, memoryLimitMiB: memory });
    this.container(task, name, { image: "public.ecr.aws/docker/library/python:3.12-slim", command: ["python", "-m", "job"] });
    new events.Rule(this, `${name}-schedule`, {
      schedule: events.Schedule.cron({ hour: "2", minute: "0" }),
      targets: [new targets.EcsTask({ cluster: this.cluster, taskDefinition: task })],
    });
  }

  /** Each service reaches the stores that it needs. */
  allow(data) {
    const [storefront, orders, partners, billing, recommendations] = this.services;
    for (const service of [storefront, orders, partners, billing, recommendations])
      service.taskDefinition.taskRole.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName("AWSXRayDaemonWriteAccess"));
    orders.connections.allowTo(ec2.Peer.ipv4("10.20.0.0/16"), ec2.Port.tcp(5432));
    orders.connections.allowTo(ec2.Peer.ipv4("10.20.0.0/16"), ec2.Port.tcp(9098));
    recommendations.connections.allowTo(ec2.Peer.ipv4("10.20.0.0/16"), ec2.Port.tcp(6379));
    data.uploads.grantReadWrite(partners.taskDefinition.taskRole);
    data.media.grantRead(partners.taskDefinition.taskRole);
    data.mediaJobs.grantSendMessages(partners.taskDefinition.taskRole);
  }
}

module.exports = { ContainerStack };
