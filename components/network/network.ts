import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { type Lasting } from "../platform-context";
import { bend, type Transform } from "../transform";
import { LogBucket } from "../visibility/log-bucket";
import { type LogArrivals } from "../visibility/logs/log-arrivals";
import { layout, type Tier, TIERS } from "./layout";
import { type NetworkIds, type ServiceNetwork } from "./service-network";
import { createWayOut } from "./way-out";

export interface NetworkArgs extends Lasting {
  /** Range of the VPC, /16 to /21. Changing this replaces the VPC and everything in it. */
  readonly cidr: string;
  /** Names of the availability zones, in order. One may be added at the end without moving an address; at most 4. */
  readonly availabilityZones: readonly string[];
  /** Region, part of the endpoints' service names. Changing this replaces everything. */
  readonly region: string;
  /** Way out to the internet from the private tier. `none` leaves only the endpoints. */
  readonly nat: "none" | "single" | "per-az";
  /** AWS services reached through a route, free of charge. */
  readonly gatewayEndpoints: readonly string[];
  /** AWS services reached through an address in each private subnet, charged by the hour. */
  readonly interfaceEndpoints: readonly string[];
  /** Days the flow logs are kept. */
  readonly flowLogDays: number;
  /** What takes the flow logs to the log store. Default: they are only kept. */
  readonly logArrivals?: LogArrivals;
  readonly transform?: {
    readonly vpc?: Transform<awsx.ec2.VpcArgs>;
    readonly endpointSecurityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
    readonly flowLog?: Transform<aws.ec2.FlowLogArgs>;
  };
}

const SUBNET_TYPES: Readonly<Record<Tier, awsx.ec2.SubnetType>> = {
  private: awsx.ec2.SubnetType.Private,
  public: awsx.ec2.SubnetType.Public,
  isolated: awsx.ec2.SubnetType.Isolated,
};

// The load balancer controller finds subnets by these tags: EKS user guide, "Route application and HTTP traffic" (2026-11).
const SUBNET_TAGS: Readonly<Partial<Record<Tier, Record<string, string>>>> = {
  private: { "kubernetes.io/role/internal-elb": "1" },
  public: { "kubernetes.io/role/elb": "1" },
};

/**
 * The VPC of an environment: a public tier for load balancers and NAT, a private tier for services, an isolated tier
 * for stores that has no route out. Closed by default: no security group here lets anything in or out by itself.
 *
 * Cost: a NAT gateway by the hour and GB (one, or one a zone); each interface endpoint by the hour and zone; storage of flow logs.
 */
export class Network extends pulumi.ComponentResource implements ServiceNetwork {
  public readonly vpcId: pulumi.Output<string>;
  public readonly publicSubnetIds: pulumi.Output<string[]>;
  public readonly privateSubnetIds: pulumi.Output<string[]>;
  public readonly isolatedSubnetIds: pulumi.Output<string[]>;
  public readonly availabilityZones: readonly string[];
  /** Group of the interface endpoints; absent when there are none. */
  public readonly endpointSecurityGroupId: pulumi.Output<string> | undefined;
  /** Prefix list of S3's addresses, present with the S3 gateway endpoint. */
  public readonly s3PrefixListId: pulumi.Output<string> | undefined;
  /** Prefix list of DynamoDB's addresses, present with its gateway endpoint. */
  public readonly dynamodbPrefixListId: pulumi.Output<string> | undefined;
  /** One, or one a zone; empty without a way out. */
  public readonly natGatewayIds: readonly pulumi.Output<string>[];
  /** Routes out of the private tier: whoever starts there and calls the internet waits for them. Empty without a way out. */
  public readonly wayOut: readonly pulumi.Resource[];
  /** True when the private tier has a way out to the internet. */
  public readonly hasNat: boolean;
  /** AWS services reached without leaving the VPC. */
  public readonly privateServices: ReadonlySet<string>;

  private readonly name: string;

  constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:network:Network", name, {}, options);
    this.name = name;
    const vpc = this.createVpc(args);
    this.vpcId = vpc.vpcId;
    this.publicSubnetIds = vpc.publicSubnetIds;
    this.privateSubnetIds = vpc.privateSubnetIds;
    this.isolatedSubnetIds = vpc.isolatedSubnetIds;
    this.availabilityZones = args.availabilityZones;
    const { gateways: natGateways, routes } = createWayOut(name, vpc, args.availabilityZones.length, natGatewayCount(args), this);
    this.natGatewayIds = natGateways.map(({ id }) => id);
    this.wayOut = routes;
    this.closeDefaultGroup();
    this.hasNat = args.nat !== "none";
    this.privateServices = new Set([...args.gatewayEndpoints, ...args.interfaceEndpoints]);
    const gateways = this.createGatewayEndpoints(vpc, args);
    this.s3PrefixListId = gateways.get("s3")?.prefixListId;
    this.dynamodbPrefixListId = gateways.get("dynamodb")?.prefixListId;
    this.endpointSecurityGroupId = this.createInterfaceEndpoints(args);
    this.createFlowLog(args);
    this.registerOutputs({
      vpcId: this.vpcId,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      isolatedSubnetIds: this.isolatedSubnetIds,
    });
  }

  /** A network that exists already stands in for a created one: nothing of it is created or changed. */
  static adopt({ hasNat, privateServices, ...ids }: NetworkIds): ServiceNetwork {
    const known = (id: pulumi.Input<string> | undefined) => (id === undefined ? undefined : pulumi.output(id));
    return {
      vpcId: pulumi.output(ids.vpcId),
      privateSubnetIds: pulumi.output(ids.privateSubnetIds),
      endpointSecurityGroupId: known(ids.endpointSecurityGroupId),
      s3PrefixListId: known(ids.s3PrefixListId),
      dynamodbPrefixListId: known(ids.dynamodbPrefixListId),
      hasNat,
      wayOut: [],
      privateServices: new Set(privateServices),
    };
  }

  private createVpc(args: NetworkArgs): awsx.ec2.Vpc {
    const { zone, tiers } = layout(args.cidr);
    return new awsx.ec2.Vpc(
      ...bend<awsx.ec2.VpcArgs>(
        args.transform?.vpc,
        this.name,
        {
          cidrBlock: args.cidr,
          availabilityZoneNames: [...args.availabilityZones],
          availabilityZoneCidrMask: zone,
          subnetStrategy: awsx.ec2.SubnetAllocationStrategy.Auto,
          subnetSpecs: TIERS.map((tier) => ({ type: SUBNET_TYPES[tier], cidrMask: tiers[tier], tags: SUBNET_TAGS[tier] })),
          // Made here, so that nothing else waits for them: see createWayOut.
          natGateways: { strategy: awsx.ec2.NatGatewayStrategy.None },
          // Interface endpoints answer on the public names of their service only with both flags on.
          enableDnsHostnames: true,
          enableDnsSupport: true,
        },
        { parent: this },
      ),
    );
  }

  /** AWS makes a group with the VPC that is open among its members and to everywhere; without rules it lets nothing through. */
  private closeDefaultGroup(): void {
    new aws.ec2.DefaultSecurityGroup(
      `${this.name}-default`,
      { vpcId: this.vpcId, ingress: [], egress: [], tags: { Name: `${this.name}-default` } },
      { parent: this },
    );
  }

  /** awsx can make endpoints too, but leaves out their route tables, subnets and security groups. */
  private createGatewayEndpoints(vpc: awsx.ec2.Vpc, args: NetworkArgs): Map<string, aws.ec2.VpcEndpoint> {
    const routeTableIds = vpc.routeTables.apply((tables) => tables.map((table) => table.id));
    return new Map(
      args.gatewayEndpoints.map((service) => [
        service,
        new aws.ec2.VpcEndpoint(
          `${this.name}-${service}`,
          {
            vpcId: this.vpcId,
            vpcEndpointType: "Gateway",
            serviceName: `com.amazonaws.${args.region}.${service}`,
            routeTableIds,
            tags: { Name: `${this.name}-${service}` },
          },
          { parent: this },
        ),
      ]),
    );
  }

  private createInterfaceEndpoints(args: NetworkArgs): pulumi.Output<string> | undefined {
    if (args.interfaceEndpoints.length === 0) return undefined;
    const group = new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        args.transform?.endpointSecurityGroup,
        `${this.name}-endpoints`,
        { vpcId: this.vpcId, description: "Interface endpoints: HTTPS from the workloads that are let in one by one" },
        { parent: this },
      ),
    );
    for (const service of args.interfaceEndpoints)
      new aws.ec2.VpcEndpoint(
        `${this.name}-${service}`,
        {
          vpcId: this.vpcId,
          vpcEndpointType: "Interface",
          serviceName: `com.amazonaws.${args.region}.${service}`,
          subnetIds: this.privateSubnetIds,
          securityGroupIds: [group.id],
          privateDnsEnabled: true,
          tags: { Name: `${this.name}-${service}` },
        },
        { parent: this },
      );
    return group.id;
  }

  private createFlowLog(args: NetworkArgs): void {
    const bucket = new LogBucket(
      `${this.name}-flow-logs`,
      {
        writer: "delivery.logs.amazonaws.com",
        retentionDays: args.flowLogDays,
        durable: args.durable,
        decommissioning: args.decommissioning,
        ...(args.logArrivals && { arrivals: args.logArrivals }),
      },
      { parent: this },
    );
    new aws.ec2.FlowLog(
      ...bend<aws.ec2.FlowLogArgs>(
        args.transform?.flowLog,
        `${this.name}-flow-logs`,
        {
          vpcId: this.vpcId,
          trafficType: "ALL",
          logDestinationType: "s3",
          logDestination: bucket.arn,
          maxAggregationInterval: 60,
          // Text, a record a line: what reads them into the log store goes by lines. Athena reads it too, from the same partitions.
          destinationOptions: { fileFormat: "plain-text", hiveCompatiblePartitions: true, perHourPartition: true },
          tags: { Name: `${this.name}-flow-logs` },
        },
        { parent: this, dependsOn: [bucket.policy] },
      ),
    );
  }
}

function natGatewayCount({ nat, availabilityZones }: Pick<NetworkArgs, "nat" | "availabilityZones">): number {
  if (nat === "none") return 0;
  return nat === "single" ? 1 : availabilityZones.length;
}
