import { RESERVED_PROVIDER_PREFIXES } from "../../../../facts/limits-ecs";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

/** One without a name is called as its resource, with something random behind. */
export const capacityProviderNameIsFree = resourceRule({
  id: "capacity-provider-name-is-free",
  title: "The name of a capacity provider begins with none of aws, ecs and fargate",
  severity: "high",
  why: "AWS keeps those beginnings for itself and refuses the provider, after the group of instances has been made.",
  fix: "Give the capacity provider another name, or its resource, which the name is made from.",
  links: [RESERVED_PROVIDER_PREFIXES.source],
  frameworks: [],
  types: ["aws:ecs/capacityProvider:CapacityProvider"],
  check: (provider) => [judge(provider, `AWS refuses the name of ${provider.name}`, nameFindings(provider))],
});

function nameFindings(provider: Resource): Finding[] {
  const property = "name";
  const reading = read(provider, property);
  if (reading.state === "unknown") return [notKnown(property)];
  const name = text(reading) ?? provider.name;
  const taken = RESERVED_PROVIDER_PREFIXES.prefixes.find((prefix) => name.toLowerCase().startsWith(prefix));
  if (taken === undefined) return [];
  const how = reading.state === "absent" ? "it has none of its own, and its resource's" : `"${name}"`;
  return [{ what: `${how} begins with ${taken}`, property }];
}
