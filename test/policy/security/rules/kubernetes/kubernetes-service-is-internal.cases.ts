import { kubernetesServiceIsInternal as rule } from "../../../../../policy/security/rules/kubernetes/kubernetes-service-is-internal";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input, type Inputs } from "../../../stack";
import { BECAUSE } from "./pods";

const SERVICE = "kubernetes:core/v1:Service";
const SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";

function balanced(annotations: Input, spec: Inputs = {}): Given {
  return (stack) => stack.add(SERVICE, "orders", { metadata: { annotations }, spec: { type: "LoadBalancer", ...spec } });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with the scheme internal": balanced({ [SCHEME]: "internal" }),
    "with the older annotation": balanced({ "service.beta.kubernetes.io/aws-load-balancer-internal": "true" }),
    "with a class whose balancers are internal": balanced({}, { loadBalancerClass: "eks.amazonaws.com/nlb" }),
    "open, with a reason": balanced({ [SCHEME]: "internet-facing", [BECAUSE]: "Devices speak MQTT to it from everywhere" }),
  },
  fail: {
    "open to the internet": {
      given: balanced({ [SCHEME]: "internet-facing" }, { loadBalancerClass: "service.k8s.aws/nlb" }),
      says: /Service orders opens a load balancer to the internet: its scheme is not internal/,
    },
    "with the older annotation off": {
      given: balanced({ "service.beta.kubernetes.io/aws-load-balancer-internal": "false" }),
      says: /is not internal/,
    },
  },
  absent: {
    "with nothing said, for which Kubernetes itself makes a public one": { given: balanced({}), says: /is not internal/ },
    "of no type, which has no balancer": { given: (stack) => stack.add(SERVICE, "orders", { spec: {} }), says: "nothing" },
    "of another type": { given: (stack) => stack.add(SERVICE, "orders", { spec: { type: "ClusterIP" } }), says: "nothing" },
  },
  unknown: {
    "while its type is not known": balanced({}, { type: UNKNOWN }),
    "while its annotations are not known": balanced(UNKNOWN),
    "while its class is not known": balanced({}, { loadBalancerClass: UNKNOWN }),
  },
  mutations: {
    "a service opens itself to the internet": (stack) => stack.set(stack.one(SERVICE, "sessions"), ["spec", "type"], "LoadBalancer"),
  },
};
