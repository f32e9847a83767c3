import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Certificate, type Domain } from "../../network/certificate";
import { allowPassage, type Side } from "../../network/passage";
import { isProtected, type Lasting } from "../../platform-context";
import { type ObservedTargetGroup } from "../../visibility/alarms/services/http";
import { LogBucket } from "../../visibility/log-bucket";
import { SSL_POLICY } from "../load-balancer";
import { type ClusterOnAws, type KubernetesCluster, objectOptions } from "./cluster";
import { labelsOf, selectorOf } from "./names";
import { type WorkloadPort } from "./workload-spec";

/** A port of a Service. */
export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: "http" | "tcp" | "udp";
}

/** Ports of a Service, each of the same name in its pods. */
export function servicePorts(ports: readonly ServicePort[]): kubernetes.types.input.core.v1.ServicePort[] {
  return ports.map(({ name, port, protocol }) => ({
    name,
    port,
    targetPort: name,
    protocol: protocol === "udp" ? "UDP" : "TCP",
    ...(protocol === "http" && { appProtocol: "http" }),
  }));
}

/** The Service of a service's pods: the name that other pods of the cluster call it by. */
export function clusterService(
  name: string,
  service: string,
  environment: string,
  ports: readonly ServicePort[],
  cluster: KubernetesCluster,
  namespace: { readonly name: pulumi.Input<string> },
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
        ports: servicePorts(ports),
        // Within a zone where it can: traffic between zones is charged. Kubernetes falls back to the other zones by itself.
        trafficDistribution: "PreferClose",
      },
    },
    objectOptions(cluster, parent),
  );
}

/** The Service that gives each pod of a StatefulSet a name of its own, also while it is not ready. */
export function headlessService(
  name: string,
  metadata: kubernetes.types.input.meta.v1.ObjectMeta,
  service: string,
  ports: readonly ServicePort[],
  options: pulumi.CustomResourceOptions,
): kubernetes.core.v1.Service {
  const spec = {
    clusterIP: "None",
    publishNotReadyAddresses: true,
    selector: selectorOf(service),
    ports: servicePorts(ports.map((port) => ({ ...port, protocol: port.protocol === "udp" ? "udp" : "tcp" }))),
  };
  return new kubernetes.core.v1.Service(name, { metadata, spec }, options);
}

/** Sends what a load balancer's target group gets to the pods behind one port of a Service. */
export function bindTargets(
  name: string,
  target: { readonly group: aws.lb.TargetGroup; readonly service: kubernetes.core.v1.Service; readonly port: ServicePort },
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

export interface NetworkLoadBalancerArgs extends Lasting {
  readonly cluster: KubernetesCluster & { readonly aws: ClusterOnAws };
  readonly service: kubernetes.core.v1.Service;
  /** The service's group on AWS. */
  readonly to: Side;
  readonly ports: readonly WorkloadPort[];
  readonly vpcId: pulumi.Input<string>;
  /** Public subnets, in which the load balancer has its addresses. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** What it needs to end TLS on each port. Default: what comes is passed on as it is, for a service that ends TLS itself or an environment without a domain. */
  readonly tls?: TlsOfService;
}

/** What it takes to end TLS before a service. */
export interface TlsOfService {
  /** Name by which the internet calls the service, and the public hosted zone it is in. */
  readonly domain: Domain;
  /** Days the access logs are kept: load balancers that speak TCP log what came over TLS. */
  readonly logDays: number;
}

const DRAIN_SECONDS = 30;
const HEALTH_SECONDS = 10;

/**
 * The internet's way to a service on EKS that speaks TCP, on as many ports as it has: a Network Load Balancer with a listener and a target group a port.
 *
 * The stack makes it, not a controller in the cluster: so the plan shows and prices it, its security group is closed like every other, and
 * destroying the cluster can't leave it behind. The cluster only registers the pods (TargetGroupBinding). With a domain it has a name of its own,
 * and takes TLS on the ports of the service, which gets plain TCP.
 *
 * Cost: 0.0225 USD an hour and 0.006 USD an NLCU-hour in us-east-1 (Elastic Load Balancing pricing, 2026-11), and for the internet a public address a zone.
 */
export class NetworkLoadBalancer extends pulumi.ComponentResource {
  public readonly dnsName: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  /** What CloudWatch knows each port by. */
  public readonly observed: readonly (ObservedTargetGroup & { readonly port: string })[];

  constructor(
    private readonly name: string,
    private readonly args: NetworkLoadBalancerArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:NetworkLoadBalancer", name, {}, options);
    const group = this.createSecurityGroup();
    const balancer = this.createBalancer(group);
    const certificateArn = args.tls && this.giveName(balancer, args.tls.domain);
    const side = { name, securityGroupId: group.id };
    this.observed = args.ports.map((port) => ({
      port: port.name,
      loadBalancer: balancer.arnSuffix,
      targetGroup: this.listen(balancer, port, side, certificateArn).arnSuffix,
    }));
    this.dnsName = balancer.dnsName;
    this.securityGroupId = group.id;
    this.registerOutputs({ dnsName: this.dnsName, securityGroupId: this.securityGroupId });
  }

  private createBalancer(group: aws.ec2.SecurityGroup): aws.lb.LoadBalancer {
    const { subnetIds, tls } = this.args;
    const logs = tls && this.createLogs(tls);
    return new aws.lb.LoadBalancer(
      this.name,
      {
        loadBalancerType: "network",
        internal: false,
        subnets: subnetIds,
        securityGroups: [group.id],
        enableCrossZoneLoadBalancing: true,
        enableDeletionProtection: isProtected(this.args),
        ...(logs && { accessLogs: { bucket: logs.id, enabled: true, prefix: "access" } }),
      },
      { parent: this, ...(logs && { dependsOn: [logs.policy] }) },
    );
  }

  /** Only kept: what ships log files does not read these yet. */
  private createLogs({ logDays }: TlsOfService): LogBucket {
    return new LogBucket(
      `${this.name}-logs`,
      {
        writer: "delivery.logs.amazonaws.com",
        retentionDays: logDays,
        durable: this.args.durable,
        decommissioning: this.args.decommissioning,
      },
      { parent: this },
    );
  }

  /** Gives it a name of the domain, and the certificate of that name. */
  private giveName(balancer: aws.lb.LoadBalancer, domain: Domain): pulumi.Output<string> {
    new aws.route53.Record(
      this.name,
      {
        zoneId: domain.hostedZoneId,
        name: domain.name,
        type: "A",
        aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
      },
      { parent: this },
    );
    return new Certificate(this.name, domain, { parent: this }).arn;
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

  private listen(
    balancer: aws.lb.LoadBalancer,
    port: WorkloadPort,
    side: Side,
    certificateArn: pulumi.Input<string> | undefined,
  ): aws.lb.TargetGroup {
    const { cluster, service, vpcId, to } = this.args;
    const common = { balancer, side, cluster, service, to, port, healthPort: port.port, vpcId };
    return balancePort(`${this.name}-${port.name}`, { ...common, ...(certificateArn && { certificateArn }) }, this);
  }
}

/** One port of a Network Load Balancer, and the pods behind it. */
export interface BalancedPort {
  readonly balancer: aws.lb.LoadBalancer;
  /** The load balancer's group. */
  readonly side: Side;
  readonly cluster: KubernetesCluster & { readonly aws: ClusterOnAws };
  readonly service: kubernetes.core.v1.Service;
  /** The pods' group. */
  readonly to: Side;
  readonly port: ServicePort;
  /** TCP port that shows whether a pod can answer: UDP itself says nothing. */
  readonly healthPort: number;
  readonly vpcId: pulumi.Input<string>;
  /** Certificate by which the load balancer ends TLS; the pods get plain TCP. Default: what comes is passed on as it is. */
  readonly certificateArn?: pulumi.Input<string>;
}

/** Makes a Network Load Balancer listen on a port and send what comes to the pods of a Service. */
export function balancePort(name: string, args: BalancedPort, parent: pulumi.Resource): aws.lb.TargetGroup {
  const { balancer, side, cluster, service, to, port, healthPort, vpcId, certificateArn } = args;
  const isUdp = port.protocol === "udp";
  const protocol = isUdp ? "UDP" : "TCP";
  const group = new aws.lb.TargetGroup(
    name,
    {
      vpcId,
      targetType: "ip",
      port: port.port,
      protocol,
      // Pods see the load balancer's addresses, so their group admits it alone. For UDP it can't be turned off, and a rule that names the load
      // balancer's group admits what comes through it whatever its address is (Network Load Balancer user guide, "Target group attributes", 2026-11).
      ...(!isUdp && { preserveClientIp: "false" }),
      deregistrationDelay: DRAIN_SECONDS,
      // Connections of a pod that is gone are closed, not left hanging.
      connectionTermination: true,
      healthCheck: {
        protocol: "TCP",
        ...(healthPort !== port.port && { port: String(healthPort) }),
        interval: HEALTH_SECONDS,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
      tags: clusterTag(cluster.aws),
    },
    { parent },
  );
  new aws.lb.Listener(
    name,
    {
      loadBalancerArn: balancer.arn,
      port: port.port,
      ...(certificateArn ? { protocol: "TLS", certificateArn, sslPolicy: SSL_POLICY } : { protocol }),
      defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
    },
    { parent },
  );
  allowPassage(side, to, port.port, parent, isUdp ? "udp" : "tcp");
  bindTargets(name, { group, service, port }, cluster, parent);
  return group;
}

/** Auto Mode's role may register pods only with target groups that carry its cluster's name (AmazonEKSLoadBalancingPolicy, 2026-11). */
export function clusterTag(cluster: ClusterOnAws): Record<string, pulumi.Input<string>> {
  return { "eks:eks-cluster-name": cluster.name };
}
