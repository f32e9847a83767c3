import { isPreviousGeneration, PREVIOUS_GENERATIONS } from "../../../facts/instance-generations";
import { notKnown } from "../../lib/expect";
import { type Finding, judge } from "../../lib/finding";
import { INSTANCE_TYPED, instanceTypesOf } from "../../lib/instance-types";
import { resourceRule } from "../../lib/rule";

export const instanceIsOfCurrentGeneration = resourceRule({
  id: "instance-is-of-current-generation",
  title: "No instance, node or broker is of a previous generation",
  severity: "medium",
  why: "An old generation costs more than the newest for less speed, is short in some zones, and AWS ends it some day: nodes of Redshift dc2 no longer start.",
  fix: "Change the instance type to the family that the message names.",
  links: [
    "https://aws.amazon.com/ec2/previous-generation/",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html",
  ],
  frameworks: [],
  types: INSTANCE_TYPED,
  check: (resource) => {
    const named = instanceTypesOf(resource);
    if (named === undefined) return [];
    const { service, property, types, unknown } = named;
    const old = types.filter((type) => isPreviousGeneration(service, type));
    const findings: Finding[] = old.map((type) => ({
      what: `${property} is ${type}; ${PREVIOUS_GENERATIONS[service].instead} stand in its place`,
      property,
    }));
    return [judge(resource, `${resource.name} runs on a previous generation`, unknown ? [...findings, notKnown(property)] : findings)];
  },
});
