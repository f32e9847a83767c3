import { ECS_SERVICE } from "../../../lib/copies";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { append } from "../../../lib/multimap";
import { forwardedTo, LISTENER_RULES, LISTENERS, TARGET_GROUPS } from "../../../lib/network/balancers";
import { elements, read, type StackResource } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";
import { waitsFor } from "../../../lib/waits";

/** Looks at services with a target group of the stack. */
export const serviceWaitsForItsListener = stackRule({
  id: "service-waits-for-its-listener",
  title: "A service waits for the listener that forwards to its target group",
  severity: "high",
  why: "AWS refuses a service whose target group has no load balancer yet. Nothing in the service names the listener, so both are made at once: the provider tries again for two minutes, and a new load balancer often takes longer.",
  fix: "Give the service dependsOn with the Listener or ListenerRule that forwards to its target group; make one where there is none.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html"],
  frameworks: [],
  check: (stack) => stack.ofType(ECS_SERVICE).flatMap((service) => verdicts(service, stack)),
});

function verdicts(service: StackResource, graph: StackGraph): Verdict[] {
  if (elements(read(service, "loadBalancers")).length === 0) return [];
  const fault = `${service.name} can't register its tasks`;
  const groups = graph.references(service, "loadBalancers[*].targetGroupArn", TARGET_GROUPS);
  if (groups.some(({ kind }) => kind === "unknown")) return [judge(service, fault, [notKnown("loadBalancers")])];
  const own = groups.flatMap((group) => (group.kind === "resource" ? [group.resource] : []));
  if (own.length === 0) return [];
  return [
    judge(
      service,
      fault,
      own.flatMap((group) => listenerFindings(service, group, graph)),
    ),
  ];
}

function listenerFindings(service: StackResource, group: StackResource, graph: StackGraph): Finding[] {
  const property = "loadBalancers";
  const { certain, open } = graph.once(forwarders);
  const owners = certain.get(group.urn) ?? [];
  if (owners.length > 0) {
    const waits = waitsFor(service, new Set(owners.map(({ urn }) => urn)), graph);
    const names = owners.map(({ name }) => name).join(", ");
    return waits ? [] : [{ what: `it does not wait for ${names}, which forwards to ${group.name}`, property }];
  }
  if (open) return [{ what: `whether a listener forwards to ${group.name} is not known yet`, property, unknown: true }];
  return [{ what: `no listener forwards to ${group.name}`, property }];
}

/** What forwards to each target group, by its URN; `open` when something forwards to a group that is not known yet. */
function forwarders(graph: StackGraph): { readonly certain: ReadonlyMap<string, readonly StackResource[]>; readonly open: boolean } {
  const certain = new Map<string, StackResource[]>();
  let open = false;
  for (const owner of graph.ofType(...LISTENERS, ...LISTENER_RULES)) {
    for (const group of forwardedTo(owner, graph)) {
      if (group.kind === "resource") append(certain, group.resource.urn, owner);
      if (group.kind === "unknown") open = true;
    }
  }
  return { certain, open };
}
