import { interfaceAddress, LAUNCH_TEMPLATE } from "../../../lib/network/launch-templates";
import { analyse } from "../../../lib/reachability";
import type { StackResource, Tri } from "../../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../../lib/rule";

/** What starts tasks and instances, and the setting that gives them a public address. */
const SETTINGS: Readonly<Record<string, string>> = {
  "aws:ecs/service:Service": "networkConfiguration.assignPublicIp",
  "aws:ecs/taskSet:TaskSet": "networkConfiguration.assignPublicIp",
  "aws:cloudwatch/eventTarget:EventTarget": "ecsTarget.networkConfiguration.assignPublicIp",
  "aws:scheduler/schedule:Schedule": "target.ecsParameters.networkConfiguration.assignPublicIp",
  "aws:ec2/instance:Instance": "associatePublicIpAddress",
  "aws:autoscaling/group:Group": "launchTemplate",
  "aws:eks/nodeGroup:NodeGroup": "launchTemplate",
  "aws:batch/computeEnvironment:ComputeEnvironment": "computeResources.subnets",
};

/** An instance gets an address by what it or its launch template says, else by its subnets; a task only by what its service says. */
export const workloadHasNoPublicAddress = stackRule({
  id: "workload-has-no-public-address",
  title: "No task or instance has a public address",
  severity: "high",
  why: "What has a public address is one open security group away from the internet, past the load balancer and everything it does.",
  fix: "Set assignPublicIp, or associatePublicIpAddress of the launch template, to false, and use private subnets with a NAT gateway or endpoints.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html"],
  frameworks: [
    { name: "FSBP", id: "ECS.2" },
    { name: "FSBP", id: "EC2.9" },
    { name: "FSBP", id: "EC2.25" },
    { name: "Checkov", id: "CKV_AWS_333" },
    { name: "Checkov", id: "CKV_AWS_88" },
  ],
  check: (stack) => [
    ...analyse(stack).endpoints.flatMap(({ resource, publicAddress }) => {
      const property = SETTINGS[resource.type];
      return property === undefined ? [] : [verdict(resource, publicAddress, property)];
    }),
    ...stack
      .ofType(LAUNCH_TEMPLATE)
      .map((template) => verdict(template, interfaceAddress(template, false), "networkInterfaces.associatePublicIpAddress")),
  ],
});

function verdict({ urn, name }: StackResource, publicAddress: Tri, property: string): Verdict {
  if (publicAddress === undefined) return notEvaluated(urn, "whether it has a public address is not known", property);
  return publicAddress ? fail(urn, `${name} gets a public address, by ${property}`, property) : pass(urn);
}
