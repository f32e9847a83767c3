import { listenerProtocolFitsItsBalancer as rule } from "../../../../../policy/preflight/rules/network/listener-protocol-fits-its-balancer";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs } from "../../../stack";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";

function listener(protocol: Inputs, balancer: Inputs = {}): Given {
  return (stack) => stack.add(LISTENER, "web", { port: 80, loadBalancerArn: arn(stack.add(BALANCER, "public", balancer)), ...protocol });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "HTTP on an application load balancer": listener({ protocol: "HTTP" }),
    "TCP on a network load balancer that is not made yet": {
      given: listener({ protocol: "TCP" }, { loadBalancerType: "network" }),
      known: false,
    },
    "none on a gateway load balancer": listener({}, { loadBalancerType: "gateway" }),
  },
  fail: {
    "TCP on an application load balancer": {
      given: listener({ protocol: "TCP" }),
      known: false,
      says: /it speaks TCP on a load balancer of type application/,
    },
    "HTTP on a network load balancer": {
      given: listener({ protocol: "HTTP" }, { loadBalancerType: "network" }),
      says: /speaks HTTP .* network/,
    },
  },
  absent: {
    "on an application load balancer, which goes by the port": { given: listener({}), says: "pass" },
    "on a network load balancer, which has no default": { given: listener({}, { loadBalancerType: "network" }), says: /names no protocol/ },
    "on a load balancer from outside the stack": {
      given: (stack) => stack.add(LISTENER, "web", { protocol: "TCP", loadBalancerArn: "arn:aws:elasticloadbalancing:x" }),
      says: "nothing",
    },
  },
  unknown: {
    "while the protocol is not known": listener({ protocol: UNKNOWN }),
    "while the type is not known": listener({ protocol: "HTTP" }, { loadBalancerType: UNKNOWN }),
  },
  mutations: {
    "a listener of the application load balancer speaks TLS": (stack) => {
      const { certificateArn, sslPolicy } = stack.one(LISTENER, "public-https").inputs;
      const redirect = stack.one(LISTENER, "public-http");
      for (const [input, value] of Object.entries({ certificateArn, sslPolicy, protocol: "TLS" })) stack.set(redirect, input, value);
    },
    "a listener of the network load balancer speaks HTTP": {
      change: (stack) => stack.set(stack.one(LISTENER, "graphite-web-http"), "protocol", "HTTP"),
      also: ["target-group-fits-its-listener"],
    },
    "a listener of the application load balancer speaks TCP": {
      change: (stack) => stack.set(stack.one(LISTENER, "public-http"), "protocol", "TCP"),
      also: ["public-listener-is-encrypted"],
    },
  },
};
