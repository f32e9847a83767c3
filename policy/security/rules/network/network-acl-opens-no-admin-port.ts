import { z } from "zod";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { isInternet } from "../../../lib/network/rules";
import { append } from "../../../lib/multimap";
import { elements, not, number, read, readFlag, type Reading, readPath, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const ACLS = ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"];
const RULE = "aws:ec2/networkAclRule:NetworkAclRule";

const config = z.strictObject({
  ports: z
    .array(z.int().min(1).max(65_535))
    .min(1)
    .default([22, 3389])
    .describe("TCP ports that nobody on the internet may reach: by default those of SSH and Remote Desktop."),
});

/** One entry of a list, whichever way it is written. */
interface Entry {
  readonly name: string;
  readonly at: (path: string) => Reading;
  /** `ruleNo` or `ruleNumber`, `action` or `ruleAction`. */
  readonly order: Reading;
  readonly action: Reading;
  /** Whether it is an entry of what comes in, and of this list; undefined while that is not known. */
  readonly inward: Tri;
}

/** AWS takes the first entry that fits, by its number: an earlier deny makes up for a later allow, as for the ports that answers come back to. */
export const networkAclOpensNoAdminPort = stackRule({
  id: "network-acl-opens-no-admin-port",
  title: "No network ACL lets the internet in on a port of administration",
  severity: "medium",
  why: "A network ACL is what still holds when a security group was opened by mistake; one that lets SSH in from everywhere holds nothing.",
  fix: "Deny ports 22 and 3389 from 0.0.0.0/0 and ::/0 in an entry with a lower number than the one that allows them, or allow fewer addresses.",
  links: ["https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html"],
  frameworks: [
    { name: "FSBP", id: "EC2.21" },
    { name: "Checkov", id: "CKV_AWS_231" },
    { name: "Checkov", id: "CKV_AWS_232" },
  ],
  config,
  check: (stack, { ports }) =>
    entriesOf(stack).map(({ resource, entries }) =>
      judge(
        resource,
        `${resource.name} lets the internet in`,
        ports.flatMap((port) => findings(entries, port)),
      ),
    ),
});

/** The entries that let in, by the list of the stack they belong to; those of a list outside the stack by themselves. */
function entriesOf(stack: StackGraph): { resource: StackResource; entries: Entry[] }[] {
  const separate = new Map<string, Entry[]>();
  const alone: { resource: StackResource; entries: Entry[] }[] = [];
  for (const rule of stack.ofType(RULE)) {
    const inward = not(readFlag(rule, "egress", false));
    if (inward === false) continue;
    const entry: Entry = {
      name: rule.name,
      at: (path) => read(rule, path),
      order: read(rule, "ruleNumber"),
      action: read(rule, "ruleAction"),
      inward,
    };
    const list = stack.reference(rule, "networkAclId", ACLS);
    if (list?.kind === "resource") append(separate, list.resource.urn, entry);
    else alone.push({ resource: rule, entries: [entry] });
    // Each list it may be of may have it.
    if (list?.kind === "unknown") for (const { urn } of list.candidates) append(separate, urn, { ...entry, inward: undefined });
  }
  const lists = stack
    .ofType(...ACLS)
    .map((resource) => ({ resource, entries: [...inline(resource), ...(separate.get(resource.urn) ?? [])] }));
  return [...lists, ...alone];
}

function inline(list: StackResource): Entry[] {
  return elements(read(list, "ingress")).map((reading) => {
    const at = (path: string): Reading => (reading.state === "known" ? readPath(reading.value, path) : reading);
    return { name: "ingress", at, order: at("ruleNo"), action: at("action"), inward: true };
  });
}

/** What is found for one port: the first entry that is about it decides, for each version of addresses. */
function findings(entries: readonly Entry[], port: number): Finding[] {
  const property = "ingress";
  const about = entries.filter((entry) => concerns(entry, port) !== false);
  const unclear = about.filter(({ order, action, at, inward }) => {
    const readings = [order, action, ...["protocol", "fromPort", "toPort", "cidrBlock", "ipv6CidrBlock"].map(at)];
    return inward === undefined || readings.some(({ state }) => state === "unknown");
  });
  if (unclear.length > 0) return [{ what: `who is let in on port ${port} is not known yet`, property, unknown: true }];
  return ["cidrBlock", "ipv6CidrBlock"].flatMap((path): Finding[] => {
    const [first] = about
      .filter(({ at }) => isInternet(text(at(path)) ?? ""))
      .sort((one, other) => (number(one.order) ?? 0) - (number(other.order) ?? 0));
    if (first === undefined || text(first.action)?.toLowerCase() !== "allow") return [];
    return [{ what: `${first.name} number ${number(first.order) ?? 0} allows port ${port} from ${text(first.at(path)) ?? ""}`, property }];
  });
}

/** Whether an entry is about a TCP port; true also while that is not known. */
function concerns({ at }: Entry, port: number): boolean {
  const protocol = at("protocol");
  if (protocol.state === "unknown") return true;
  const name = text(protocol)?.toLowerCase() ?? number(protocol)?.toString();
  if (name === "-1" || name === "all") return true;
  if (name !== "tcp" && name !== "6") return false;
  const [from, to] = [at("fromPort"), at("toPort")];
  if (from.state === "unknown" || to.state === "unknown") return true;
  return (number(from) ?? 0) <= port && port <= (number(to) ?? 0);
}
