import { balancerHasAccessLogs as rule } from "../../../../../policy/security/rules/network/balancer-has-access-logs";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs } from "../../../stack";

const TYPE = "aws:lb/loadBalancer:LoadBalancer";
const CLASSIC = "aws:elb/loadBalancer:LoadBalancer";
const LOGS = { bucket: "logs", enabled: true };

function balancer(inputs: Inputs, type = TYPE): Given {
  return (stack) => stack.add(type, "public", inputs);
}

/** A Network Load Balancer with a listener. */
function network(protocol: string, inputs: Inputs = {}): Given {
  return (stack) => {
    const made = stack.add(TYPE, "gateway", { loadBalancerType: "network", ...inputs });
    stack.add("aws:lb/listener:Listener", "gateway", { loadBalancerArn: arn(made), protocol, port: 443 });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with access logs": balancer({ accessLogs: LOGS }),
    "into a bucket that is not made yet": balancer({ accessLogs: { bucket: UNKNOWN, enabled: true } }),
    "when it ends TLS on the network and logs it": network("TLS", { accessLogs: LOGS }),
  },
  fail: {
    "when they are turned off": { given: balancer({ accessLogs: { bucket: "logs", enabled: false } }), says: /accessLogs.enabled is off/ },
    "when it ends TLS on the network without them": { given: network("TLS"), says: /gateway keeps no access logs/ },
    "also before its listener is made": { given: network("TLS"), known: false, says: /gateway keeps no access logs/ },
  },
  absent: {
    "which is none": { given: balancer({}), says: /it has no accessLogs/ },
    "with enabled left out, which is off": { given: balancer({ accessLogs: { bucket: "logs" } }), says: /accessLogs.enabled is off/ },
    "with enabled left out of a classic one, which is on": { given: balancer({ accessLogs: { bucket: "logs" } }, CLASSIC), says: "pass" },
    "with nothing to say where there is nothing to log": { given: network("TCP"), says: "nothing" },
  },
  unknown: {
    "while they are not known": balancer({ accessLogs: UNKNOWN }),
    "while it is not known whether they are on": balancer({ accessLogs: { bucket: "logs", enabled: UNKNOWN } }),
    "while its listener's protocol is not known": network(UNKNOWN),
    "while its type is not known": balancer({ loadBalancerType: UNKNOWN }),
  },
  mutations: {
    "the public load balancer keeps no access logs": (stack) => stack.set(stack.one(TYPE, "public"), "accessLogs", undefined),
    "the load balancer of a service that ends TLS keeps none": (stack) =>
      stack.set(stack.one(TYPE, "chat-gateway"), "accessLogs", undefined),
    "its access logs are turned off": (stack) => stack.set(stack.one(TYPE, "public"), ["accessLogs", "enabled"], false),
  },
};
