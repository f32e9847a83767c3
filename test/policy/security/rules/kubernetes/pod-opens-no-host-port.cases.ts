import { podOpensNoHostPort as rule } from "../../../../../policy/security/rules/kubernetes/pod-opens-no-host-port";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { addDeployment, DEPLOYMENT, deployment, excuses, inContainer } from "./pods";

const { pass, fail, unknown } = excuses({ ports: [{ containerPort: 80, hostPort: 80 }] });

export const cases: RuleCases = {
  rule,
  pass: { "with ports of its own": deployment({ ports: [{ containerPort: 80, hostPort: 0 }] }), ...pass },
  fail: {
    "with a port of the node": { given: deployment({ ports: [{ containerPort: 80, hostPort: 8080 }] }), says: /container app takes 8080/ },
    "with one given as a text": { given: deployment({ ports: [{ containerPort: 80, hostPort: "8080" }] }), says: /takes 8080/ },
    "with one of an init container": {
      given: deployment({}, { initContainers: [{ name: "setup", ports: [{ containerPort: 80, hostPort: 81 }] }] }),
      says: /container setup takes 81/,
    },
    "with one beside a port that is not known": { given: deployment({ ports: [UNKNOWN, { hostPort: 82 }] }), says: /takes 82$/ },
    ...fail,
  },
  absent: { "without ports": { given: deployment({}), says: "pass" } },
  unknown: {
    "while the pods are not known": (stack) => addDeployment(stack, UNKNOWN),
    "while the containers are not known": (stack) => addDeployment(stack, { containers: UNKNOWN }),
    "while a port is not known": deployment({ ports: [{ containerPort: 80, hostPort: UNKNOWN }] }),
    ...unknown,
  },
  mutations: {
    "a service takes a port of its node": (stack) => inContainer(stack, DEPLOYMENT, "sessions", ["ports", 0, "hostPort"], 8080),
  },
};
