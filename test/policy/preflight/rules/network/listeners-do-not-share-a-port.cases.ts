import { listenersDoNotShareAPort as rule } from "../../../../../policy/preflight/rules/network/listeners-do-not-share-a-port";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs, type TestStack } from "../../../stack";

const LISTENER = "aws:lb/listener:Listener";

function two(first: Inputs, second: Inputs, balancers: 1 | 2 = 1): Given {
  return (stack: TestStack) => {
    const one = stack.add("aws:lb/loadBalancer:LoadBalancer", "public");
    const other = balancers === 1 ? one : stack.add("aws:lb/loadBalancer:LoadBalancer", "private");
    stack.add(LISTENER, "first", { loadBalancerArn: arn(one), ...first });
    return stack.add(LISTENER, "second", { loadBalancerArn: arn(other), ...second });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "two ports": two({ port: 80 }, { port: 443 }),
    "one port of two load balancers that are not made yet": { given: two({ port: 80 }, { port: 80 }, 2), known: false },
  },
  fail: {
    "one port": { given: two({ port: 80 }, { port: 80 }), says: /second has port 80 of its load balancer, as first has/ },
    "one port of a load balancer that is not made yet, as text": {
      given: two({ port: "80" }, { port: 80 }),
      known: false,
      says: /port 80/,
    },
    "one port with two protocols": { given: two({ port: 53, protocol: "TCP" }, { port: 53, protocol: "UDP" }), says: /port 53/ },
  },
  absent: { "of a gateway load balancer, which has no port": { given: two({}, {}), says: "nothing" } },
  unknown: {
    "while the port is not known": two({ port: 80 }, { port: UNKNOWN }),
    "while the port of another listener is not known": two({ port: UNKNOWN }, { port: 80 }),
    "while the load balancer is not known": (stack) => stack.add(LISTENER, "web", { port: 80, loadBalancerArn: UNKNOWN }),
  },
  mutations: {
    "two listeners inside the VPC have one port": (stack) => stack.set(stack.one(LISTENER, "loki-http"), "port", 2003),
    "two listeners have one port": {
      change: (stack) => stack.set(stack.one(LISTENER, "chat-gateway-websocket"), "port", 1883),
      also: ["group-is-closed-to-internet"],
    },
  },
};
