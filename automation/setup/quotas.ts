import { ec2Type } from "../../facts/ec2-types";
import { type Json, type PlannedResource } from "../../plan/graph";
import { valueAt } from "../value-at";

type Counted = Pick<PlannedResource, "type" | "inputs">;

/** A limit of an AWS account that a plan uses up. */
export interface QuotaNeed {
  /** For a person, such as `Elastic IP addresses`. */
  readonly what: string;
  /** Code of the service, as Service Quotas knows it. */
  readonly service: string;
  /** Name of the quota, as Service Quotas spells it. */
  readonly quota: RegExp;
  /** What a platform made from nothing takes of it. */
  readonly needs: number;
}

interface Row extends Omit<QuotaNeed, "needs"> {
  readonly count: (resources: readonly Counted[]) => number;
}

function ofType(...types: readonly string[]): (resources: readonly Counted[]) => number {
  return (resources) => resources.filter(({ type }) => types.includes(type)).length;
}

function numberAt(inputs: Json, path: string): number {
  const value = valueAt(inputs, path);
  return typeof value === "number" ? value : 0;
}

/** The largest of the types that a group may start: it is not said beforehand which it will be. */
function vcpuOf(types: readonly (Json | undefined)[]): number {
  return Math.max(0, ...types.map((type) => (typeof type === "string" ? (ec2Type(type)?.vcpu ?? 0) : 0)));
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** vCPUs of all instances at their most, as if none were Spot, which has a quota of its own. */
function vcpus(resources: readonly Counted[]): number {
  return resources.reduce((sum, { type, inputs }) => {
    if (type === "aws:autoscaling/group:Group") {
      const overrides = list(valueAt(inputs, "mixedInstancesPolicy.launchTemplate.overrides"));
      return sum + numberAt(inputs, "maxSize") * vcpuOf(overrides.map((one) => valueAt(one, "instanceType")));
    }
    if (type === "aws:eks/nodeGroup:NodeGroup")
      return sum + numberAt(inputs, "scalingConfig.maxSize") * vcpuOf(list(valueAt(inputs, "instanceTypes")));
    return sum;
  }, 0);
}

/** The most that share a value: NAT gateways are limited in each zone, for one. */
function mostOfOne(type: string, input: string): (resources: readonly Counted[]) => number {
  return (resources) => {
    const counts = new Map<string, number>();
    for (const resource of resources) {
      if (resource.type !== type) continue;
      const key = JSON.stringify(resource.inputs[input] ?? null);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return Math.max(0, ...counts.values());
  };
}

/** Quotas that a platform meets first. Source of names: Service Quotas' console, "AWS services", of each service (2026-11). */
const QUOTAS: readonly Row[] = [
  { what: "VPCs", service: "vpc", quota: /^VPCs per Region$/, count: ofType("aws:ec2/vpc:Vpc") },
  { what: "Elastic IP addresses", service: "ec2", quota: /^EC2-VPC Elastic IPs$/, count: ofType("aws:ec2/eip:Eip") },
  {
    what: "NAT gateways in a zone",
    service: "vpc",
    quota: /^NAT gateways per Availability Zone$/,
    count: mostOfOne("aws:ec2/natGateway:NatGateway", "subnetId"),
  },
  {
    what: "internet gateways",
    service: "vpc",
    quota: /^Internet gateways per Region$/,
    count: ofType("aws:ec2/internetGateway:InternetGateway"),
  },
  {
    what: "interface endpoints in a VPC",
    service: "vpc",
    quota: /^Interface VPC endpoints per VPC$/,
    count: (resources) =>
      resources.filter(({ type, inputs }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint" && inputs["vpcEndpointType"] === "Interface")
        .length,
  },
  {
    what: "security groups",
    service: "vpc",
    quota: /^VPC security groups per Region$/,
    count: ofType("aws:ec2/securityGroup:SecurityGroup"),
  },
  { what: "vCPUs of instances", service: "ec2", quota: /^Running On-Demand Standard \(/, count: vcpus },
  {
    what: "Application Load Balancers",
    service: "elasticloadbalancing",
    quota: /^Application Load Balancers per Region$/,
    count: (resources) =>
      resources.filter(({ type, inputs }) => type === "aws:lb/loadBalancer:LoadBalancer" && inputs["loadBalancerType"] !== "network")
        .length,
  },
  { what: "EKS clusters", service: "eks", quota: /^Clusters$/, count: ofType("aws:eks/cluster:Cluster") },
  {
    what: "MSK brokers",
    service: "kafka",
    quota: /brokers per account/i,
    count: (resources) =>
      resources.reduce(
        (sum, { type, inputs }) => sum + (type === "aws:msk/cluster:Cluster" ? numberAt(inputs, "numberOfBrokerNodes") : 0),
        0,
      ),
  },
  { what: "brokers of Amazon MQ", service: "mq", quota: /^Number of brokers/i, count: ofType("aws:mq/broker:Broker") },
  { what: "Aurora clusters", service: "rds", quota: /^DB clusters$/, count: ofType("aws:rds/cluster:Cluster") },
  {
    what: "database instances",
    service: "rds",
    quota: /^DB instances$/,
    count: ofType("aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"),
  },
  { what: "IAM roles", service: "iam", quota: /^Roles per account$/, count: ofType("aws:iam/role:Role") },
];

/** The quotas that a plan uses, and how much of each. */
export function quotaNeeds(resources: readonly Counted[]): readonly QuotaNeed[] {
  return QUOTAS.flatMap(({ count, ...quota }) => {
    const needs = count(resources);
    return needs > 0 ? [{ ...quota, needs }] : [];
  });
}
