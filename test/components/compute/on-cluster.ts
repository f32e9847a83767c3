import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { EksCluster, type EksClusterArgs } from "../../../components/compute/eks-cluster";
import { EksPlace, type EksPlaceArgs } from "../../../components/compute/eks-place";
import { type KubernetesCluster } from "../../../components/compute/kubernetes/cluster";
import { LoadBalancer } from "../../../components/compute/load-balancer";
import { Network } from "../../../components/network/network";
import { allowPassage } from "../../../components/network/passage";
import { type Bindable, variablePrefix } from "../../../components/service/binding";
import { Descriptor, type Target } from "../../../components/service/descriptor";
import { Service } from "../../../components/service/service";
import { type PlannedResource } from "../../../plan/graph";
import { readCatalogue } from "../../../stacks/catalogue";
import { recordProgram, ROOT, TEST_CONTEXT } from "../../harness";

export const VPC = "10.20.0.0/16";
export const SERVICES_RANGE = "172.20.0.0/16";
const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"];
const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-4333-a444-555555555555";

/** A service and where it is placed. */
export interface Tenant {
  readonly descriptor: Descriptor;
  readonly target: Target;
}

/** What a test can say of the environment. */
export interface ClusterSetting {
  readonly durable?: boolean;
  readonly cluster?: Partial<EksClusterArgs>;
  readonly place?: Partial<EksPlaceArgs>;
  /** A cluster in place of one of the stack's own. */
  readonly adopt?: (parent: pulumi.Resource) => KubernetesCluster;
}

/** Arguments of a cluster in three zones. */
export function clusterArgs(network: Network, setting: ClusterSetting): EksClusterArgs {
  return {
    context: { ...TEST_CONTEXT, durable: setting.durable ?? false },
    vpcId: network.vpcId,
    vpcCidr: VPC,
    subnetIds: network.privateSubnetIds,
    serviceCidr: SERVICES_RANGE,
    keyArn: KEY,
    logKeyArn: KEY,
    logDays: 30,
    admins: { platform: "arn:aws:iam::111122223333:role/platform" },
    viewers: { developers: "arn:aws:iam::111122223333:role/developers" },
    publicAccessCidrs: [],
    nodes: { mode: "auto", cpuLimit: 64, spot: false },
    addonVersions: {},
    ...setting.cluster,
  };
}

export function createNetwork(options: pulumi.ComponentResourceOptions): Network {
  return new Network(
    "network",
    {
      cidr: VPC,
      availabilityZones: ZONES,
      region: TEST_CONTEXT.region,
      nat: "single",
      gatewayEndpoints: ["s3", "dynamodb"],
      interfaceEndpoints: ["sts"],
      flowLogDays: 7,
      durable: false,
    },
    options,
  );
}

/** A store that any consumer may be bound to: a group with one port. */
function createStore(name: string, port: number, network: Network, options: pulumi.CustomResourceOptions): Bindable {
  const group = new aws.ec2.SecurityGroup(name, { vpcId: network.vpcId, description: name }, options);
  return {
    bind: (consumer, access) => ({
      to: name,
      kind: "store",
      access,
      variables: { [variablePrefix(name, "HOST")]: `${name}.example.com` },
      statements: [],
      ready: allowPassage(consumer, { name, securityGroupId: group.id }, port, group),
    }),
  };
}

export const STORE_PORT = 6379;

/**
 * Records an environment of one cluster and some services. Whatever a service needs beside other services is a store of its own, the first on {@link STORE_PORT} and each further one on the next port.
 */
export function recordOnCluster(tenants: readonly Tenant[], setting: ClusterSetting = {}): Promise<PlannedResource[]> {
  return recordProgram((options) => {
    const context = { ...TEST_CONTEXT, durable: setting.durable ?? false };
    const network = createNetwork(options);
    const cluster = setting.adopt?.(network) ?? new EksCluster("apps", clusterArgs(network, setting), options);
    let balancer: LoadBalancer | undefined;
    const common: EksPlaceArgs = {
      signIns: { cache: "role", topic: "role" },
      context,
      network,
      cluster: () => cluster,
      neighbours: tenants,
      sizing: () => ({ cpu: 0.25, memory: 256, minimumCopies: 3, maximumCopies: 3 }),
      loadBalancer: () =>
        (balancer ??= new LoadBalancer(
          "public",
          { context, vpcId: network.vpcId, internal: false, subnetIds: network.publicSubnetIds, logDays: 7 },
          options,
        )),
      priorities: new Map(
        tenants.flatMap(({ descriptor: { reach } }, index) => (reach?.http === undefined ? [] : [[reach.http, index + 1]])),
      ),
      latencyTarget: 300,
      alarmTopicArn: "arn:aws:sns:us-east-1:111122223333:alarms",
      ...setting.place,
    };
    const services = new Map<string, Service>();
    for (const { descriptor, target } of tenants)
      if (target === "eks" || target === "eks-stateful")
        services.set(
          descriptor.name,
          new Service(
            descriptor.name,
            {
              context,
              network,
              descriptor,
              owner: "shop",
              place: new EksPlace(target, common),
              placement: { target, monthlyUsd: {} },
              logDays: 7,
              logKeyArn: KEY,
            },
            options,
          ),
        );
    for (const { descriptor } of tenants) {
      const service = services.get(descriptor.name);
      if (!service) continue;
      const bindings = (descriptor.needs ?? []).flatMap((need, index) => {
        if ("internet" in need) return [];
        const store = () =>
          createStore(`${descriptor.name}-store-${index}`, STORE_PORT + index, network, { provider: options.providers.aws });
        const to = "service" in need ? services.get(need.service) : store();
        return to ? [to.bind(service, "access" in need ? need.access : "call")] : [];
      });
      service.run(bindings);
    }
  });
}

/** A descriptor of the catalogue. */
export function catalogued(name: string): Descriptor {
  const entry = readCatalogue(ROOT).entries.find(({ descriptor }) => descriptor.name === name);
  if (!entry) throw new Error(`the catalogue has no ${name}`);
  return entry.descriptor;
}

/** A descriptor of a service that a test makes up. */
export function described(name: string, more: Record<string, unknown> = {}): Descriptor {
  return Descriptor.parse({
    name,
    summary: `The service ${name}`,
    run: { image: "public.ecr.aws/nginx/nginx-unprivileged:1.27", port: 8080, health: "/", writable: ["/tmp"] },
    demand: { average: "10/s", peak: "20/s", shape: "steady", duration: "20ms", memory: "256MiB", start: "2s" },
    ...more,
  });
}

/** The catalogue's services that run on Kubernetes. */
export function cataloguedTenants(): Tenant[] {
  return [
    { descriptor: catalogued("chat-gateway"), target: "eks" },
    { descriptor: catalogued("sessions"), target: "eks" },
    { descriptor: catalogued("legacy-erp"), target: "eks-stateful" },
  ];
}
