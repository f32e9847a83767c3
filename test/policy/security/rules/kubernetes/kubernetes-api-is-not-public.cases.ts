import { kubernetesApiIsNotPublic as rule } from "../../../../../policy/security/rules/kubernetes/kubernetes-api-is-not-public";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { CLUSTER, cluster } from "./clusters";

const OFFICE = "203.0.113.0/24";
const reached = (endpointPublicAccess: Input, publicAccessCidrs: Input = null): Given =>
  cluster({ vpcConfig: { subnetIds: [], endpointPublicAccess, publicAccessCidrs } });

export const cases: RuleCases = {
  rule,
  pass: {
    "with a private API": reached(false),
    "with a private API, said as a text": reached("false"),
    "for ranges that may reach it": { given: reached(true, [OFFICE]), config: { publicCidrs: [OFFICE] } },
  },
  fail: {
    "open to everyone": { given: reached(true), says: /the Kubernetes API of main is public: endpointPublicAccess is on, for 0.0.0.0\/0/ },
    "for a range that nobody named": { given: reached(true, [OFFICE]), says: /for 203.0.113.0\/24/ },
    "for a range beside one that is not known": {
      given: reached(true, [UNKNOWN, "0.0.0.0/0"]),
      says: /: endpointPublicAccess is on, for 0.0.0.0\/0$/,
    },
    "with an empty list, which is everyone": { given: reached(true, []), says: /for 0.0.0.0\/0/ },
  },
  absent: { "with nothing said, which is public": { given: cluster({ vpcConfig: { subnetIds: [] } }), says: /for 0.0.0.0\/0/ } },
  unknown: {
    "while it is not known whether it is public": reached(UNKNOWN),
    "while the ranges are not known": reached(true, UNKNOWN),
  },
  mutations: {
    "the API is opened to everyone": (stack) => stack.set(stack.one(CLUSTER), ["vpcConfig", "endpointPublicAccess"], true),
    "the API is opened to an office": (stack) => {
      stack.set(stack.one(CLUSTER), ["vpcConfig", "endpointPublicAccess"], true);
      stack.set(stack.one(CLUSTER), ["vpcConfig", "publicAccessCidrs"], [OFFICE]);
    },
  },
};
