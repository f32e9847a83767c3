import type { Reference, StackGraph } from "../graph";
import { read, type Resource, type StackResource, text } from "../resource";

export const BALANCERS = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];
export const TARGET_GROUPS = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"];
export const LISTENERS = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"];
export const LISTENER_RULES = ["aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule"];

/** `application`, `network` or `gateway`; undefined when it is not known yet. Default: `application`, as `loadBalancerType` of aws.lb.LoadBalancer says. */
export function balancerType(balancer: Resource): string | undefined {
  const reading = read(balancer, "loadBalancerType");
  return reading.state === "absent" ? "application" : text(reading);
}

/** The target groups that a listener, or a rule of one, forwards to. */
export function forwardedTo(owner: StackResource, graph: StackGraph): Reference[] {
  const actions = LISTENERS.includes(owner.type) ? "defaultActions" : "actions";
  return [`${actions}[*].targetGroupArn`, `${actions}[*].forward.targetGroups[*].arn`].flatMap((path) =>
    graph.references(owner, path, TARGET_GROUPS),
  );
}
