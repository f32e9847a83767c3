import { ECS_SERVICE } from "../../../lib/copies";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

/** One with neither runs where its cluster's default strategy says. */
export const serviceHasLaunchTypeOrStrategy = resourceRule({
  id: "service-has-launch-type-or-strategy",
  title: "No ECS service has both a launch type and a capacity provider strategy",
  severity: "high",
  why: "They are two answers to one question; AWS refuses a service that gives both.",
  fix: "Leave launchType out where capacityProviderStrategies is set, or the other way round.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
  frameworks: [],
  types: [ECS_SERVICE],
  check: (service) => [judge(service, `AWS refuses ${service.name}`, bothFindings(service))],
});

function bothFindings(service: Resource): Finding[] {
  const [type, strategy] = [read(service, "launchType"), read(service, "capacityProviderStrategies")];
  if (type.state === "absent" || strategy.state === "absent") return [];
  if (strategy.state === "known" && Array.isArray(strategy.value) && strategy.value.length === 0) return [];
  if (strategy.state === "unknown") return [notKnown("capacityProviderStrategies")];
  if (type.state === "unknown") return [notKnown("launchType")];
  return [{ what: "it has both launchType and capacityProviderStrategies", property: "launchType" }];
}
