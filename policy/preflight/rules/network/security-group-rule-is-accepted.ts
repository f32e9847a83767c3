import { VPC_LIMITS } from "../../../../facts/limits-vpc";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { number, read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const PEERS = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
/** Protocols with ports, by name and IANA number. */
const WITH_PORTS: ReadonlySet<string> = new Set(["tcp", "udp", "6", "17"]);

/** Looks at the rules that are resources of their own, each of which has exactly one peer. */
export const securityGroupRuleIsAccepted = resourceRule({
  id: "security-group-rule-is-accepted",
  title: "A security group rule names one peer, and ports in their order",
  severity: "high",
  why: "AWS refuses a rule of TCP or UDP without ports or with a range that ends before it begins, and one with no peer or several.",
  fix: "Set fromPort and toPort between 0 and 65,535 in this order, and exactly one of cidrIpv4, cidrIpv6, prefixListId and referencedSecurityGroupId.",
  links: [VPC_LIMITS.port.source],
  frameworks: [],
  types: [INGRESS, EGRESS],
  check: (rule) => [judge(rule, `AWS refuses ${rule.name}`, [...portFindings(rule), ...peerFindings(rule)])],
});

function portFindings(rule: Resource): Finding[] {
  const protocol = read(rule, "ipProtocol");
  if (protocol.state === "unknown") return [notKnown("ipProtocol")];
  const name = (text(protocol) ?? number(protocol)?.toString() ?? "").toLowerCase();
  if (!WITH_PORTS.has(name)) return [];
  const findings: Finding[] = [];
  for (const property of ["fromPort", "toPort"]) {
    const reading = read(rule, property);
    const port = number(reading);
    if (reading.state === "unknown") findings.push(notKnown(property));
    else if (port === undefined) findings.push({ what: `it is of ${name} and has no ${property}`, property });
    else if (port < 0 || port > VPC_LIMITS.port.value)
      findings.push({ what: `${property} is ${port}, not 0 to ${VPC_LIMITS.port.value}`, property });
  }
  const [from, to] = [number(read(rule, "fromPort")), number(read(rule, "toPort"))];
  if (from !== undefined && to !== undefined && from > to)
    findings.push({ what: `it begins at port ${from} and ends at ${to}`, property: "toPort" });
  return findings;
}

function peerFindings(rule: Resource): Finding[] {
  const given = PEERS.filter((peer) => read(rule, peer).state !== "absent");
  if (given.length === 1) return [];
  return [
    {
      what: given.length === 0 ? `it names none of ${PEERS.join(", ")}` : `it names ${given.join(" and ")}`,
      property: given[0] ?? "cidrIpv4",
    },
  ];
}
