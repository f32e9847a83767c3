import { z } from "zod";
import { VPC_LIMITS } from "../../../../facts/limits-vpc";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { SECURITY_GROUP } from "../../../lib/network/groups";
import { elements, read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** Where a resource lists the security groups of its network interfaces. */
const GROUPS: Readonly<Record<string, string>> = {
  "aws:ecs/service:Service": "networkConfiguration.securityGroups",
  "aws:lambda/function:Function": "vpcConfig.securityGroupIds",
  "aws:eks/cluster:Cluster": "vpcConfig.securityGroupIds",
  "aws:lb/loadBalancer:LoadBalancer": "securityGroups",
  "aws:alb/loadBalancer:LoadBalancer": "securityGroups",
  "aws:ec2/instance:Instance": "vpcSecurityGroupIds",
  "aws:ec2/launchTemplate:LaunchTemplate": "vpcSecurityGroupIds",
  "aws:ec2/networkInterface:NetworkInterface": "securityGroups",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "securityGroupIds",
  "aws:apigatewayv2/vpcLink:VpcLink": "securityGroupIds",
  "aws:rds/cluster:Cluster": "vpcSecurityGroupIds",
  "aws:rds/instance:Instance": "vpcSecurityGroupIds",
  "aws:elasticache/replicationGroup:ReplicationGroup": "securityGroupIds",
  "aws:msk/cluster:Cluster": "brokerNodeGroupInfo.securityGroups",
  "aws:mq/broker:Broker": "securityGroups",
  "aws:redshift/cluster:Cluster": "vpcSecurityGroupIds",
  "aws:redshiftserverless/workgroup:Workgroup": "securityGroupIds",
  "aws:opensearch/domain:Domain": "vpcOptions.securityGroupIds",
  "kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy": "spec.securityGroups.groupIds",
};

const GROUP_TYPES = [SECURITY_GROUP, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];

/** A resource that names no group has the default one of its VPC, so there is nothing to count. */
export const interfaceHasAtMostFiveGroups = stackRule({
  id: "interface-has-at-most-five-groups",
  title: "No network interface has more security groups than AWS lets it have",
  severity: "high",
  why: "AWS refuses a sixth group on an interface: a database or a cluster is refused at once, a task or a pod never starts.",
  fix: "Give one group the rules of several, or have the quota raised (up to 16) and set most to it.",
  links: [VPC_LIMITS.groupsPerInterface.source],
  frameworks: [],
  config: z.strictObject({
    most: z
      .number()
      .int()
      .min(1)
      .max(16)
      .default(VPC_LIMITS.groupsPerInterface.value)
      .describe("Security groups that an interface may have, by the quota of the account."),
  }),
  check: (stack, { most }) =>
    Object.entries(GROUPS).flatMap(([type, property]) =>
      stack
        .ofType(type)
        .filter((owner) => read(owner, property).state !== "absent")
        .map((owner) => judge(owner, `AWS refuses the security groups of ${owner.name}`, countFindings(owner, property, most, stack))),
    ),
});

/** Groups that are certainly named and differ are too many; those that are not known yet may be ones that are named already. */
function countFindings(owner: StackResource, property: string, most: number, graph: StackGraph): Finding[] {
  const groups = read(owner, property);
  if (groups.state === "unknown") return [notKnown(property)];
  const references = graph.references(owner, `${property}[*]`, GROUP_TYPES);
  const named = new Set(
    references.flatMap((group) => (group.kind === "unknown" ? [] : group.kind === "resource" ? group.resource.urn : group.id)),
  );
  if (named.size > most) return [{ what: `it names ${named.size} groups, of at most ${most}`, property }];
  const open = references.some(({ kind }) => kind === "unknown") && elements(groups).length > most;
  return open ? [{ what: `which groups ${property} names is not known yet`, property, unknown: true }] : [];
}
