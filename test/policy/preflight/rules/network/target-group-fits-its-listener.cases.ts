import { targetGroupFitsItsListener as rule } from "../../../../../policy/preflight/rules/network/target-group-fits-its-listener";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs, type TestStack } from "../../../stack";

const LISTENER = "aws:lb/listener:Listener";
const GROUP = "aws:lb/targetGroup:TargetGroup";

function listener(protocol: string, group: Inputs, forward = false): Given {
  return (stack: TestStack) => {
    const targetGroupArn = arn(stack.add(GROUP, "orders", group));
    const action: Inputs = forward
      ? { type: "forward", forward: { targetGroups: [{ arn: targetGroupArn }] } }
      : { type: "forward", targetGroupArn };
    return stack.add(LISTENER, "web", { protocol, defaultActions: [action] });
  };
}

function ruleOf(protocol: string, group: Inputs): Given {
  return (stack: TestStack) => {
    const owner = stack.add(LISTENER, "web", { protocol, defaultActions: [{ type: "fixed-response" }] });
    const actions = [{ type: "forward", targetGroupArn: arn(stack.add(GROUP, "orders", group)) }];
    return stack.add("aws:lb/listenerRule:ListenerRule", "orders", { listenerArn: arn(owner), actions });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "HTTPS to HTTP": listener("HTTPS", { protocol: "HTTP" }),
    "UDP to both, before they are made": { given: listener("UDP", { protocol: "TCP_UDP" }), known: false },
    "a rule of HTTP to HTTP": ruleOf("HTTP", { protocol: "HTTP" }),
  },
  fail: {
    "TCP to HTTP": { given: listener("TCP", { protocol: "HTTP" }), says: /listens for TCP and forwards to orders, which speaks HTTP/ },
    "UDP to TCP in a forward of several, before they are made": {
      given: listener("UDP", { protocol: "TCP" }, true),
      known: false,
      says: /speaks TCP/,
    },
    "a rule of HTTP to TCP": { given: ruleOf("HTTP", { protocol: "TCP" }), says: /listens for HTTP/ },
  },
  absent: {
    "without a protocol of the group": { given: listener("TCP", {}), says: /orders names no protocol/ },
    "to a group of functions": { given: listener("HTTP", { targetType: "lambda" }), says: "nothing" },
  },
  unknown: {
    "while what the group speaks is not known": listener("TCP", { protocol: UNKNOWN }),
    "while it is not known whether the group is of functions": listener("HTTP", { targetType: UNKNOWN }),
    "while the group is not known": (stack) =>
      stack.add(LISTENER, "web", { protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }] }),
  },
  mutations: {
    "a target group behind UDP speaks TCP": (stack) => stack.set(stack.one(GROUP, "statsd"), "protocol", "TCP"),
    "a target group behind TCP speaks TLS": (stack) => stack.set(stack.one(GROUP, "graphite-relay"), "protocol", "TLS"),
  },
};
