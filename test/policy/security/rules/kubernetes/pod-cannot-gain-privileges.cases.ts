import { podCannotGainPrivileges as rule } from "../../../../../policy/security/rules/kubernetes/pod-cannot-gain-privileges";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { addDeployment, DEPLOYMENT, deployment, excuses, inContainer } from "./pods";

const escalation = (allowPrivilegeEscalation: Input) => ({ securityContext: { allowPrivilegeEscalation } });
const { pass, fail, unknown } = excuses(escalation(true));

export const cases: RuleCases = {
  rule,
  pass: {
    "with it off": deployment(escalation(false)),
    "with it off as a text": deployment(escalation("false")),
    "on Windows, which has none": deployment({}, { os: { name: "windows" } }),
    ...pass,
  },
  fail: {
    "with it on": { given: deployment(escalation(true)), says: /container app allows privilege escalation/ },
    "with it off in one container of two": {
      given: deployment(escalation(false), { initContainers: [{ name: "setup" }] }),
      says: /: container setup allows/,
    },
    ...fail,
  },
  absent: { "with nothing said, which is on": { given: deployment({}), says: /container app allows/ } },
  unknown: {
    "while the pods are not known": (stack) => addDeployment(stack, UNKNOWN),
    "while it is not known": deployment(escalation(UNKNOWN)),
    ...unknown,
  },
  mutations: {
    "a container may gain privileges": (stack) =>
      inContainer(stack, DEPLOYMENT, "graphite-web", ["securityContext", "allowPrivilegeEscalation"], undefined),
  },
};
