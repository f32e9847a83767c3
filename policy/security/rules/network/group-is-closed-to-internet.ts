import { z } from "zod";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { BALANCERS } from "../../../lib/network/balancers";
import type { Endpoint } from "../../../lib/network/endpoints";
import { keyOf } from "../../../lib/network/groups";
import { type GroupRule, groupRulesOf, isInternet, portsOf } from "../../../lib/network/rules";
import { append } from "../../../lib/multimap";
import { analyse } from "../../../lib/reachability";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { readAll, some, text, type Tri } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

const PREFIX_LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";

const config = z.strictObject({
  reasonTag: REASON_CONFIG.reasonTag,
  ports: z
    .array(z.int().min(0).max(65_535))
    .default([80, 443])
    .describe("Ports that a public load balancer may open, and a group that nothing in the stack uses, without a listener that says so."),
});

type Ports = readonly number[];

/** Judges each rule that lets in, in whichever of the ways it is written. Protocols without ports, such as ICMP, open none. */
export const groupIsClosedToInternet = stackRule({
  id: "group-is-closed-to-internet",
  title: "No security group opens a port to the internet, except those of public load balancers on the ports of their listeners",
  severity: "high",
  why: "Every address of the internet is tried for open ports all day; SSH, databases and admin consoles that answer are broken into by guessing.",
  fix: "Name the security group of the caller in place of 0.0.0.0/0 or ::/0, and put a load balancer before what the internet must reach; or give the reason in the tag strata:because of the rule or its group.",
  links: ["https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"],
  frameworks: [
    { name: "FSBP", id: "EC2.18" },
    { name: "FSBP", id: "EC2.19" },
    { name: "Checkov", id: "CKV_AWS_24" },
    { name: "Checkov", id: "CKV_AWS_25" },
    { name: "Checkov", id: "CKV_AWS_260" },
    { name: "Checkov", id: "CKV_AWS_277" },
    { name: "AwsSolutions", id: "EC23" },
  ],
  config,
  check: (stack, { reasonTag, ports }) => {
    const users = usersOfGroups(stack);
    const byResource = new Map<string, { rule: GroupRule; found: Finding[] }[]>();
    for (const rule of groupRulesOf(stack)) {
      if (text(rule.direction) === "egress") continue;
      append(byResource, rule.resource.urn, { rule, found: findings(rule, users, ports, stack) });
    }
    return [...byResource.values()].flatMap((rules): Verdict[] => {
      const [first] = rules;
      if (first === undefined) return [];
      const { resource, group } = first.rule;
      const owner = group?.kind === "resource" ? [group.resource] : [];
      const given = some([resource, ...owner].map((tagged) => hasReason(tagged, { reasonTag })));
      const excuse = { given, what: "whether it gives a reason", property: "tags" };
      return [
        judge(
          resource,
          `${resource.name} lets the internet in`,
          rules.flatMap(({ found }) => found),
          excuse,
        ),
      ];
    });
  },
});

function usersOfGroups(stack: StackGraph): Map<string, Endpoint[]> {
  const result = new Map<string, Endpoint[]>();
  for (const endpoint of analyse(stack).endpoints) for (const key of endpoint.groupKeys) append(result, key, endpoint);
  return result;
}

function findings(rule: GroupRule, users: ReadonlyMap<string, Endpoint[]>, allowed: Ports, stack: StackGraph): Finding[] {
  const { property } = rule;
  const open = isOpen(rule, stack);
  if (open.value === false) return [];
  if (rule.direction.state !== "known") return [{ what: "whether it lets in or out is not known yet", property: "type", unknown: true }];
  const ports = portsOf(rule);
  if (ports === "none") return [];
  if (ports === undefined) return [{ what: "which ports it opens is not known yet", property, unknown: true }];
  const excused = isFrontDoor(rule, ports, users, allowed);
  if (excused === true) return [];
  if (open.value === undefined) return [{ what: "which addresses it lets in is not known yet", property, unknown: true }];
  if (excused === undefined) return [{ what: "who uses the security group is not known yet", property, unknown: true }];
  const range = ports.from === ports.to ? `port ${ports.from}` : `ports ${ports.from} to ${ports.to}`;
  return [{ what: `${range} from ${open.block ?? "every address"}`, property }];
}

/** Whether a rule names all of the internet, and by which block. */
function isOpen({ blocks, lists, resource, property }: GroupRule, stack: StackGraph): { value: Tri; block?: string } {
  const listed = lists.flatMap((list) =>
    stack
      .resolve(resource, property, [list], [PREFIX_LIST])
      .flatMap((reference) =>
        reference.kind === "resource" ? readAll(reference.resource, "entries[*].cidr") : [{ state: "unknown" } as const],
      ),
  );
  const all = [...blocks, ...listed];
  const block = all.map(text).find((found) => found !== undefined && isInternet(found));
  if (block !== undefined) return { value: true, block };
  return { value: all.some(({ state }) => state === "unknown") ? undefined : false };
}

/** Whether it is the way in of public load balancers alone, and opens no port that they don't listen on. */
function isFrontDoor(
  rule: GroupRule,
  { from, to }: { from: number; to: number },
  users: ReadonlyMap<string, Endpoint[]>,
  allowed: Ports,
): Tri {
  const { group } = rule;
  const key = group === undefined ? undefined : keyOf(group);
  if (key === undefined) return undefined;
  const endpoints = users.get(key) ?? [];
  if (endpoints.some(({ resource }) => !BALANCERS.includes(resource.type))) return false;
  if (endpoints.some(({ publicAddress }) => publicAddress === false)) return false;
  const listened = new Set([...allowed, ...endpoints.flatMap(({ listens }) => listens.ports.map(({ port }) => port))]);
  const mayListen = endpoints.some(({ listens }) => listens.unknown !== undefined);
  // More ports than there are listeners can't all have one.
  const covered =
    to - from < listened.size && Array.from({ length: to - from + 1 }, (_, index) => from + index).every((port) => listened.has(port));
  if (!covered) return mayListen ? undefined : false;
  return endpoints.some(({ publicAddress }) => publicAddress === undefined) ? undefined : true;
}
