import { LISTENER_PROTOCOLS } from "../../../../facts/limits-elb";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { BALANCERS, balancerType, LISTENERS } from "../../../lib/network/balancers";
import { read, type StackResource, text } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

/** Looks at listeners of load balancers of the stack. */
export const listenerProtocolFitsItsBalancer = stackRule({
  id: "listener-protocol-fits-its-balancer",
  title: "A listener speaks what its type of load balancer speaks",
  severity: "high",
  why: "AWS refuses a listener of another protocol once the load balancer is there, which takes minutes.",
  fix: "Set protocol of the listener to HTTP or HTTPS for an application load balancer, to TCP, TLS or UDP for a network load balancer, or change loadBalancerType.",
  links: [LISTENER_PROTOCOLS.source],
  frameworks: [],
  check: (stack) => stack.ofType(...LISTENERS).flatMap((listener) => verdicts(listener, stack)),
});

function verdicts(listener: StackResource, graph: StackGraph): Verdict[] {
  const protocol = read(listener, "protocol");
  const balancer = graph.reference(listener, "loadBalancerArn", BALANCERS);
  if (balancer === undefined || balancer.kind === "external") return [];
  const fault = `AWS refuses ${listener.name}`;
  const candidates = balancer.kind === "unknown" ? balancer.candidates : [balancer.resource];
  const types = new Set(candidates.map(balancerType));
  const [type] = types;
  if (types.size !== 1 || type === undefined) return [judge(listener, fault, [notKnown("loadBalancerArn")])];
  if (protocol.state === "unknown") return [judge(listener, fault, [notKnown("protocol")])];
  return [judge(listener, fault, protocolFindings(text(protocol), type))];
}

/** Left out, AWS takes HTTP or HTTPS by the port of an application load balancer; the others have no default but the gateway's. */
function protocolFindings(protocol: string | undefined, type: string): Finding[] {
  const spoken = LISTENER_PROTOCOLS.byType[type] ?? [];
  const property = "protocol";
  if (protocol === undefined)
    return type === "network" ? [{ what: "it names no protocol, and a network load balancer has no default", property }] : [];
  return spoken.includes(protocol)
    ? []
    : [{ what: `it speaks ${protocol} on a load balancer of type ${type}, which speaks ${spoken.join(", ")}`, property }];
}
