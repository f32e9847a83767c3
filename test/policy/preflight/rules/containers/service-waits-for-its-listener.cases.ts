import { serviceWaitsForItsListener as rule } from "../../../../../policy/preflight/rules/containers/service-waits-for-its-listener";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type TestStack } from "../../../stack";

const SERVICE = "aws:ecs/service:Service";
const LISTENER = "aws:lb/listener:Listener";

/** A service behind a listener, or a rule of one; `waits`: for it, for a component that holds it, or for nothing. */
function behind(waits: "listener" | "component" | "nothing", forwards = true): Given {
  return (stack: TestStack) => {
    const group = stack.add("aws:lb/targetGroup:TargetGroup", "orders");
    const component = stack.add("strata:compute:LoadBalancer", "public");
    const actions = [{ type: "forward", targetGroupArn: arn(group) }];
    const listener = stack.add(LISTENER, "http", { defaultActions: forwards ? actions : [{ type: "fixed-response" }] }, component);
    const service = stack.add(SERVICE, "orders", { loadBalancers: [{ targetGroupArn: arn(group) }] });
    const target = waits === "listener" ? [listener.urn] : waits === "component" ? [component.urn] : [];
    const waiting = { ...service, dependencies: [...service.dependencies, ...target] };
    stack.resources.splice(stack.resources.indexOf(service), 1, waiting);
    return waiting;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "that it waits for": behind("listener"),
    "that is not made yet and that it waits for": { given: behind("listener"), known: false },
    "in a component that it waits for": behind("component"),
  },
  fail: {
    "that it does not wait for": { given: behind("nothing"), says: /orders can't register its tasks: it does not wait for http/ },
    "that is not made yet and that it does not wait for": { given: behind("nothing"), known: false, says: /does not wait for http/ },
    "that forwards elsewhere": { given: behind("listener", false), says: /no listener forwards to orders/ },
  },
  absent: {
    "of a load balancer": { given: (stack) => stack.add(SERVICE, "orders", { loadBalancers: [] }), says: "nothing" },
    "of a target group of the stack": {
      given: (stack) => stack.add(SERVICE, "orders", { loadBalancers: [{ targetGroupArn: "arn:aws:x" }] }),
      says: "nothing",
    },
  },
  unknown: {
    "while the target group is not known": (stack) => stack.add(SERVICE, "orders", { loadBalancers: [{ targetGroupArn: UNKNOWN }] }),
    "while it is not known what a listener forwards to": (stack) => {
      const group = stack.add("aws:lb/targetGroup:TargetGroup", "orders");
      stack.add(LISTENER, "http", { defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }] });
      return stack.add(SERVICE, "orders", { loadBalancers: [{ targetGroupArn: arn(group) }] });
    },
  },
  mutations: {
    "a service does not wait for the rule that leads to it": (stack) => {
      const service = stack.one(SERVICE, "orders");
      const rule = stack.one("aws:lb/listenerRule:ListenerRule", "orders");
      stack.replace(service, { dependencies: service.dependencies.filter((urn) => urn !== rule.urn) });
    },
    "nothing forwards to a service": (stack) => stack.remove(stack.one("aws:lb/listenerRule:ListenerRule", "partners")),
  },
};
