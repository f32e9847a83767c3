import { podHasSeccompProfile as rule } from "../../../../../policy/security/rules/kubernetes/pod-has-seccomp-profile";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { addDeployment, DEPLOYMENT, deployment, excuses, inContainer, inPods } from "./pods";

const profile = (type: Input) => ({ securityContext: { seccompProfile: { type } } });
const { pass, fail, unknown } = excuses(profile("Unconfined"));

export const cases: RuleCases = {
  rule,
  pass: {
    "with one of the pod": deployment({}, profile("RuntimeDefault")),
    "with one of the container": deployment(profile("Localhost")),
    "on Windows, which has none": deployment({}, { os: { name: "windows" } }),
    ...pass,
  },
  fail: {
    "with a pod that is unconfined": {
      given: deployment({}, profile("Unconfined")),
      says: /under a seccomp profile: the pod is Unconfined/,
    },
    "with a container that is unconfined in a pod that is not": {
      given: deployment(profile("Unconfined"), profile("RuntimeDefault")),
      says: /container app is Unconfined/,
    },
    "with an init container that has none": {
      given: deployment(profile("RuntimeDefault"), { initContainers: [{ name: "setup" }] }),
      says: /container setup has none/,
    },
    ...fail,
  },
  absent: { "with none, which most nodes take for unconfined": { given: deployment({}), says: /container app has none/ } },
  unknown: {
    "while the pods are not known": (stack) => addDeployment(stack, UNKNOWN),
    "while the profile is not known": deployment({}, profile(UNKNOWN)),
    ...unknown,
  },
  mutations: {
    "a service loses its profile": (stack) => inPods(stack, DEPLOYMENT, "chat-gateway", ["securityContext", "seccompProfile"], undefined),
    "a container is unconfined": (stack) =>
      inContainer(stack, DEPLOYMENT, "statsd", ["securityContext", "seccompProfile"], { type: "Unconfined" }),
  },
};
