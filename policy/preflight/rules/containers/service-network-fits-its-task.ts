import { ECS_SERVICE } from "../../../lib/copies";
import { networkMode, taskOf } from "../../../lib/ecs/services";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { TARGET_GROUPS } from "../../../lib/network/balancers";
import { read, type StackResource, text } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

/** Looks at services with a task definition of the stack. */
export const serviceNetworkFitsItsTask = stackRule({
  id: "service-network-fits-its-task",
  title: "A service has a network configuration and targets by address exactly when its tasks have interfaces of their own",
  severity: "high",
  why: "AWS refuses a service of awsvpc tasks without subnets or with a target group of instances, and one of other tasks with subnets, when all else is there.",
  fix: "With networkMode awsvpc set networkConfiguration and targetType ip of the target group; with another mode leave networkConfiguration out.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
  frameworks: [],
  check: (stack) => stack.ofType(ECS_SERVICE).flatMap((service) => verdicts(service, stack)),
});

function verdicts(service: StackResource, graph: StackGraph): Verdict[] {
  const task = taskOf(service, graph);
  if (task === undefined) return [];
  const mode = task.state === "known" ? networkMode(task.task) : task;
  const findings = mode.state === "known" ? networkFindings(service, mode.value === "awsvpc", graph) : [notKnown("taskDefinition")];
  return [judge(service, `AWS refuses the network of ${service.name}`, findings)];
}

function networkFindings(service: StackResource, ownInterface: boolean, graph: StackGraph): Finding[] {
  const property = "networkConfiguration";
  const configured = read(service, property).state !== "absent";
  const findings: Finding[] = [];
  if (ownInterface && !configured) findings.push({ what: "its tasks are awsvpc and it has no networkConfiguration", property });
  if (!ownInterface && configured) findings.push({ what: "it has a networkConfiguration and its tasks are not awsvpc", property });
  return ownInterface ? [...findings, ...targetFindings(service, graph)] : findings;
}

/** A target group without a type has instances as targets: the default of AWS. */
function targetFindings(service: StackResource, graph: StackGraph): Finding[] {
  const property = "loadBalancers";
  return graph.references(service, "loadBalancers[*].targetGroupArn", TARGET_GROUPS).flatMap((group): Finding[] => {
    if (group.kind === "unknown") return [notKnown(property)];
    if (group.kind === "external") return [];
    const type = read(group.resource, "targetType");
    if (type.state === "unknown") return [{ what: `targetType of ${group.resource.name} is not known yet`, property, unknown: true }];
    if (text(type) === "ip") return [];
    return [{ what: `its tasks are awsvpc and ${group.resource.name} has targets of type ${text(type) ?? "instance"}`, property }];
  });
}
