import { ELB_LIMITS, ELB_RESERVED_PREFIX } from "../../../../facts/limits-elb";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { BALANCERS, TARGET_GROUPS } from "../../../lib/network/balancers";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const CHARACTERS = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;
/** A prefix is followed by what the provider makes up, so it may end with a hyphen. */
const PREFIX_CHARACTERS = /^[A-Za-z0-9][A-Za-z0-9-]*$/;

/** One without a name gets one that the provider cuts to fit. */
export const balancerNameIsAccepted = resourceRule({
  id: "balancer-name-is-accepted",
  title: "The name of a load balancer or target group is one that AWS takes",
  severity: "high",
  why: "AWS refuses a name of more than 32 characters or of other characters than letters, digits and hyphens, when the network it stands in is already made.",
  fix: "Leave name out, so that one is made up, or give name at most 32 letters, digits and inner hyphens (namePrefix at most 6), not beginning with internal-.",
  links: [ELB_LIMITS.nameLength.source],
  frameworks: [],
  types: [...BALANCERS, ...TARGET_GROUPS],
  check: (resource) => {
    const findings = [
      ...inName(resource, "name", ELB_LIMITS.nameLength.value, CHARACTERS),
      ...inName(resource, "namePrefix", ELB_LIMITS.prefixLength.value, PREFIX_CHARACTERS),
    ];
    return [judge(resource, `AWS refuses the name of ${resource.name}`, findings)];
  },
});

function inName(resource: Resource, property: string, longest: number, characters: RegExp): Finding[] {
  const reading = read(resource, property);
  if (reading.state === "unknown") return [notKnown(property)];
  const name = text(reading);
  if (name === undefined) return [];
  const findings: Finding[] = [];
  if (name.length > longest)
    findings.push({ what: `${property} "${name}" has ${name.length} characters, of at most ${longest}`, property });
  if (!characters.test(name)) findings.push({ what: `${property} "${name}" is not made of letters, digits and inner hyphens`, property });
  if (BALANCERS.includes(resource.type) && name.startsWith(ELB_RESERVED_PREFIX.prefix))
    findings.push({ what: `${property} "${name}" begins with ${ELB_RESERVED_PREFIX.prefix}, which is kept for AWS`, property });
  return findings;
}
