import { podSharesNoHostNamespace as rule } from "../../../../../policy/security/rules/kubernetes/pod-shares-no-host-namespace";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { addDeployment, DEPLOYMENT, deployment, excuses, inPods } from "./pods";

const { pass, fail, unknown } = excuses({}, { hostNetwork: true });

export const cases: RuleCases = {
  rule,
  pass: { "with all three off": deployment({}, { hostNetwork: false, hostPID: false, hostIPC: false }), ...pass },
  fail: {
    "with the network of the node": { given: deployment({}, { hostNetwork: true }), says: /pods of orders share .*: hostNetwork is on/ },
    "with all three, also as texts": {
      given: deployment({}, { hostNetwork: "true", hostPID: true, hostIPC: true }),
      says: /hostNetwork is on; hostPID is on; hostIPC is on/,
    },
    "with a Windows container that is a process of the host": {
      given: deployment({ securityContext: { windowsOptions: { hostProcess: true } } }),
      says: /container app is a process of the host/,
    },
    "with what is wrong, whatever else is not known": {
      given: (stack) => addDeployment(stack, { containers: UNKNOWN, hostNetwork: UNKNOWN, hostPID: true }),
      says: /hostPID is on$/,
    },
    ...fail,
  },
  absent: { "with nothing said, which shares nothing": { given: deployment({}), says: "pass" } },
  unknown: {
    "while the pods are not known": (stack) => addDeployment(stack, UNKNOWN),
    "while one of them is not known": deployment({}, { hostPID: UNKNOWN }),
    ...unknown,
  },
  mutations: {
    "a service shares the network of its node": (stack) => inPods(stack, DEPLOYMENT, "sessions", ["hostNetwork"], true),
    "a program of the visibility layer sees the processes of its node": (stack) => inPods(stack, DEPLOYMENT, "statsd", ["hostPID"], true),
  },
};
