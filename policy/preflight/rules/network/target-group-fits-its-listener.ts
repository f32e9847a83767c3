import { TARGET_PROTOCOLS } from "../../../../facts/limits-elb";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { forwardedTo, LISTENER_RULES, LISTENERS } from "../../../lib/network/balancers";
import { read, type StackResource, text } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

/** Looks at listeners, and rules of them, that forward to a target group of the stack. A group of functions speaks with no protocol. */
export const targetGroupFitsItsListener = stackRule({
  id: "target-group-fits-its-listener",
  title: "A target group speaks a protocol that its listener can forward",
  severity: "high",
  why: "AWS refuses to forward HTTP to a TCP target group, TCP to an HTTP one, or UDP to TCP, when load balancer and target group are already there.",
  fix: "Set protocol of the target group to one its listener forwards to: HTTP or HTTPS behind an application load balancer, the listener's own behind a network one.",
  links: [TARGET_PROTOCOLS.source],
  frameworks: [],
  check: (stack) => stack.ofType(...LISTENERS, ...LISTENER_RULES).flatMap((owner) => verdicts(owner, stack)),
});

function verdicts(owner: StackResource, graph: StackGraph): Verdict[] {
  const references = forwardedTo(owner, graph);
  const groups = references.flatMap((group) => (group.kind === "resource" ? [group.resource] : []));
  const unknown = references.flatMap((group) => (group.kind === "unknown" ? [notKnown(group.property)] : []));
  const served = groups.filter((group) => text(read(group, "targetType")) !== "lambda");
  if (served.length + unknown.length === 0) return [];
  const fault = `AWS refuses ${owner.name}`;
  const listener = listenerOf(owner, graph);
  if (listener === "outside") return [];
  if (listener === undefined) return [judge(owner, fault, [notKnown("listenerArn")])];
  const protocol = read(listener, "protocol");
  if (protocol.state === "absent") return [];
  if (protocol.state === "unknown") return [judge(owner, fault, [notKnown("protocol")])];
  return [judge(owner, fault, [...served.flatMap((group) => groupFindings(group, text(protocol) ?? "")), ...unknown])];
}

function listenerOf(owner: StackResource, graph: StackGraph): StackResource | "outside" | undefined {
  if (LISTENERS.includes(owner.type)) return owner;
  const listener = graph.reference(owner, "listenerArn", LISTENERS);
  if (listener?.kind === "unknown") return undefined;
  return listener?.kind === "resource" ? listener.resource : "outside";
}

/** While it is not known whether a group is one of functions, it may be one that needs no protocol. */
function groupFindings(group: StackResource, spoken: string): Finding[] {
  const found = protocolFindings(group, spoken);
  const open = found.length > 0 && read(group, "targetType").state === "unknown";
  return open ? [{ what: `targetType of ${group.name} is not known yet`, property: "defaultActions", unknown: true }] : found;
}

function protocolFindings(group: StackResource, spoken: string): Finding[] {
  const property = "defaultActions";
  const forwards = TARGET_PROTOCOLS.byListener[spoken];
  const protocol = read(group, "protocol");
  if (protocol.state === "unknown") return [{ what: `what ${group.name} speaks is not known yet`, property, unknown: true }];
  if (protocol.state === "absent") return [{ what: `${group.name} names no protocol`, property }];
  if (forwards === undefined || forwards.includes(text(protocol) ?? "")) return [];
  return [{ what: `it listens for ${spoken} and forwards to ${group.name}, which speaks ${text(protocol) ?? ""}`, property }];
}
