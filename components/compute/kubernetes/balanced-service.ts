import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { allowPassage, type Side } from "../../network/passage";
import { type ClusterOnAws, type KubernetesCluster, objectOptions } from "./cluster";
import { labelsOf, selectorOf } from "./names";
import { type ServiceNamespace } from "./service-namespace";
import { type WorkloadPort } from "./workload-spec";

/** The Service of a service's pods: the name that other pods of the cluster call it by. */
export function clusterService(
  name: string,
  service: string,
  environment: string,
  ports: readonly WorkloadPort[],
  cluster: KubernetesCluster,
  namespace: ServiceNamespace,
  type: "ClusterIP" | "LoadBalancer",
  parent: pulumi.Resource,
): kubernetes.core.v1.Service {
  return new kubernetes.core.v1.Service(
    name,
    {
      metadata: { name: service, namespace: namespace.name, labels: labelsOf(service, environment) },
      spec: {
        type,
        selector: selectorOf(service),
        ports: ports.map(({ name, port, protocol }) => ({
          name,
          port,
          targetPort: name,
          protocol: "TCP",
          ...(protocol === "http" && { appProtocol: "http" }),
        })),
        // Within a zone where it can: traffic between zones is charged. Kubernetes falls back to the other zones by itself.
        trafficDistribution: "PreferClose",
      },
    },
    objectOptions(cluster, parent),
  );
}

/** Sends what a load balancer's target group gets to the pods behind one port of a Service. */
export function bindTargets(
  name: string,
  target: { readonly group: aws.lb.TargetGroup; readonly service: kubernetes.core.v1.Service; readonly port: WorkloadPort },
  cluster: KubernetesCluster & { readonly aws: ClusterOnAws },
  parent: pulumi.Resource,
): kubernetes.apiextensions.CustomResource {
  return new kubernetes.apiextensions.CustomResource(
    name,
    {
      apiVersion: cluster.aws.targetGroupBinding,
      kind: "TargetGroupBinding",
      metadata: { name, namespace: target.service.metadata.namespace, labels: target.service.metadata.labels },
      // Without `networking` the controller leaves security groups alone: this stack's rules are the only ones.
      spec: {
        targetGroupARN: target.group.arn,
        targetType: "ip",
        serviceRef: { name: target.service.metadata.name, port: target.port.port },
      },
    },
    objectOptions(cluster, parent),
  );
}

export interface NetworkLoadBalancerArgs {
  readonly cluster: KubernetesCluster & { readonly aws: ClusterOnAws };
  readonly service: kubernetes.core.v1.Service;
  /** The service's group on AWS. */
  readonly to: Side;
  readonly ports: readonly WorkloadPort[];
  readonly vpcId: pulumi.Input<string>;
  /** Public subnets, in which the load balancer has its addresses. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly durable: boolean;
}

const DRAIN_SECONDS = 30;
const HEALTH_SECONDS = 10;

/**
 * The internet's way to a service on EKS that speaks TCP, on as many ports as it has: a Network Load Balancer with a listener and a target group a port.
 *
 * The stack makes it, not a controller in the cluster: so the plan shows and prices it, its security group is closed like every other, and
 * destroying the cluster can't leave it behind. The cluster only registers the pods (TargetGroupBinding).
 *
 * Cost: 0.0225 USD an hour and 0.006 USD an NLCU-hour in us-east-1 (Elastic Load Balancing pricing, 2026-11), and for the internet a public address a zone.
 */
export class NetworkLoadBalancer extends pulumi.ComponentResource {
  public readonly dnsName: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;

  constructor(
    private readonly name: string,
    private readonly args: NetworkLoadBalancerArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:NetworkLoadBalancer", name, {}, options);
    const group = this.createSecurityGroup();
    const balancer = new aws.lb.LoadBalancer(
      name,
      {
        loadBalancerType: "network",
        internal: false,
        subnets: args.subnetIds,
        securityGroups: [group.id],
        enableCrossZoneLoadBalancing: true,
        enableDeletionProtection: args.durable,
      },
      { parent: this },
    );
    for (const port of args.ports) this.listen(balancer, port, { name, securityGroupId: group.id });
    this.dnsName = balancer.dnsName;
    this.securityGroupId = group.id;
    this.registerOutputs({ dnsName: this.dnsName, securityGroupId: this.securityGroupId });
  }

  private createSecurityGroup(): aws.ec2.SecurityGroup {
    const { vpcId, ports, to } = this.args;
    const group = new aws.ec2.SecurityGroup(
      this.name,
      { vpcId, description: `Load balancer of ${to.name}: its TCP ports from the internet` },
      { parent: this },
    );
    for (const { port } of ports)
      new aws.vpc.SecurityGroupIngressRule(
        `${this.name}-from-internet-${port}`,
        {
          securityGroupId: group.id,
          cidrIpv4: "0.0.0.0/0",
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          description: "The internet",
        },
        { parent: this },
      );
    return group;
  }

  private listen(balancer: aws.lb.LoadBalancer, port: WorkloadPort, side: Side): void {
    const { cluster, service, vpcId, to } = this.args;
    const name = `${this.name}-${port.name}`;
    const group = new aws.lb.TargetGroup(
      name,
      {
        vpcId,
        targetType: "ip",
        port: port.port,
        protocol: "TCP",
        // Pods see the load balancer's addresses, so their group admits it alone.
        preserveClientIp: "false",
        deregistrationDelay: DRAIN_SECONDS,
        // Connections of a pod that is gone are closed, not left hanging.
        connectionTermination: true,
        healthCheck: { protocol: "TCP", interval: HEALTH_SECONDS, healthyThreshold: 2, unhealthyThreshold: 2 },
        tags: clusterTag(cluster.aws),
      },
      { parent: this },
    );
    new aws.lb.Listener(
      name,
      { loadBalancerArn: balancer.arn, port: port.port, protocol: "TCP", defaultActions: [{ type: "forward", targetGroupArn: group.arn }] },
      { parent: this },
    );
    allowPassage(side, to, port.port, this);
    bindTargets(name, { group, service, port }, cluster, this);
  }
}

/** Auto Mode's role may register pods only with target groups that carry its cluster's name (AmazonEKSLoadBalancingPolicy, 2026-11). */
export function clusterTag(cluster: ClusterOnAws): Record<string, pulumi.Input<string>> {
  return { "eks:eks-cluster-name": cluster.name };
}
