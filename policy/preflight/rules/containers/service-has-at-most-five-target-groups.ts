import { ECS_LIMITS } from "../../../../facts/limits-ecs";
import { ECS_SERVICE } from "../../../lib/copies";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { elements, read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const MOST = ECS_LIMITS.targetGroupsPerService.value;

export const serviceHasAtMostFiveTargetGroups = resourceRule({
  id: "service-has-at-most-five-target-groups",
  title: "No ECS service has more target groups than ECS takes",
  severity: "medium",
  why: "AWS refuses a service with a sixth target group, when its load balancers are already there.",
  fix: "Take entries out of loadBalancers: split the service by port, or reach the rest through Service Connect.",
  links: [ECS_LIMITS.targetGroupsPerService.source],
  frameworks: [],
  types: [ECS_SERVICE],
  check: (service) =>
    read(service, "loadBalancers").state === "absent" ? [] : [judge(service, `AWS refuses ${service.name}`, countFindings(service))],
});

function countFindings(service: Resource): Finding[] {
  const property = "loadBalancers";
  const groups = read(service, property);
  if (groups.state === "unknown") return [notKnown(property)];
  const { length } = elements(groups);
  return length > MOST ? [{ what: `it has ${length} target groups, of at most ${MOST}`, property }] : [];
}
