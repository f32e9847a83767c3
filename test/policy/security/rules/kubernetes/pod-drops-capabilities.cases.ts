import { podDropsCapabilities as rule } from "../../../../../policy/security/rules/kubernetes/pod-drops-capabilities";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { addDeployment, DEPLOYMENT, deployment, excuses, inContainer } from "./pods";

const capabilities = (drop: Input, add: Input = []) => ({ securityContext: { capabilities: { drop, add } } });
const { pass, fail, unknown } = excuses(capabilities(["ALL"], ["SYS_PTRACE"]));

export const cases: RuleCases = {
  rule,
  pass: {
    "with all of them dropped": deployment(capabilities(["ALL"])),
    "with low ports added": deployment(capabilities(["ALL"], ["NET_BIND_SERVICE"])),
    "with all of them dropped beside one that is not known": deployment(capabilities([UNKNOWN, "ALL"])),
    "on Windows, which has none": deployment({}, { os: { name: "windows" } }),
    ...pass,
  },
  fail: {
    "with some of them dropped": { given: deployment(capabilities(["NET_RAW"])), says: /container app does not drop ALL/ },
    "with an empty list": { given: deployment(capabilities([])), says: /does not drop ALL/ },
    "with one added": { given: deployment(capabilities(["ALL"], ["NET_BIND_SERVICE", "SYS_ADMIN"])), says: /container app adds SYS_ADMIN/ },
    "with one added beside one that is not known": {
      given: deployment(capabilities(["ALL"], [UNKNOWN, "NET_RAW"])),
      says: /adds NET_RAW$/,
    },
    ...fail,
  },
  absent: { "with nothing said, which keeps the default ones": { given: deployment({}), says: /does not drop ALL/ } },
  unknown: {
    "while the pods are not known": (stack) => addDeployment(stack, UNKNOWN),
    "while what it drops is not known": deployment(capabilities(UNKNOWN)),
    "while what it adds is not known": deployment(capabilities(["ALL"], [UNKNOWN])),
    ...unknown,
  },
  mutations: {
    "a service keeps the default capabilities": (stack) =>
      inContainer(stack, DEPLOYMENT, "sessions", ["securityContext", "capabilities"], undefined),
    "a service may set up the network": (stack) =>
      inContainer(stack, DEPLOYMENT, "chat-gateway", ["securityContext", "capabilities", "add"], ["NET_ADMIN"]),
  },
};
