import { podProbesOnlyItself as rule } from "../../../../../policy/security/rules/kubernetes/pod-probes-only-itself";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { addDeployment, DEPLOYMENT, deployment, excuses, inContainer } from "./pods";

const probe = (host: Input) => ({ livenessProbe: { httpGet: { port: 80, host } } });
const { pass, fail, unknown } = excuses(probe("169.254.169.254"));

export const cases: RuleCases = {
  rule,
  pass: { "with an empty host": deployment(probe("")), ...pass },
  fail: {
    "with a probe of another host": {
      given: deployment(probe("169.254.169.254")),
      says: /livenessProbe.httpGet.host of container app is 169.254.169.254/,
    },
    "with a hook that calls another host": {
      given: deployment({ lifecycle: { preStop: { tcpSocket: { port: 80, host: "10.0.0.1" } } } }),
      says: /lifecycle.preStop.tcpSocket.host of container app is 10.0.0.1/,
    },
    ...fail,
  },
  absent: { "without a host, which is the pod": { given: deployment({ readinessProbe: { tcpSocket: { port: 80 } } }), says: "pass" } },
  unknown: {
    "while the pods are not known": (stack) => addDeployment(stack, UNKNOWN),
    "while the host is not known": deployment(probe(UNKNOWN)),
    ...unknown,
  },
  mutations: {
    "a probe asks the instance metadata of its node": (stack) =>
      inContainer(stack, DEPLOYMENT, "sessions", ["startupProbe"], {
        httpGet: { host: "169.254.169.254", path: "/latest/meta-data", port: 80 },
      }),
  },
};
