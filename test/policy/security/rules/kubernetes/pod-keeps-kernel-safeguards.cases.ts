import { podKeepsKernelSafeguards as rule } from "../../../../../policy/security/rules/kubernetes/pod-keeps-kernel-safeguards";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { addDeployment, DEPLOYMENT, deployment, excuses, inContainer, inPods } from "./pods";

const context = (key: string, value: Input) => ({ securityContext: { [key]: value } });
const { pass, fail, unknown } = excuses(context("procMount", "Unmasked"));
/** An annotation of the pods, as AppArmor profiles were given before they had a field. */
function annotated(profile: Input): Given {
  const annotations = { "container.apparmor.security.beta.kubernetes.io/app": profile };
  return (stack) =>
    stack.add(DEPLOYMENT, "orders", {
      metadata: { namespace: "shop" },
      spec: { template: { metadata: { annotations }, spec: { containers: [{ name: "app" }] } } },
    });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with the defaults spelled out": deployment(
      {
        securityContext: {
          procMount: "Default",
          appArmorProfile: { type: "RuntimeDefault" },
          seLinuxOptions: { type: "container_t", level: "s0" },
        },
      },
      context("sysctls", [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }]),
    ),
    "with a profile of AppArmor by annotation": annotated("localhost/strict"),
    ...pass,
  },
  fail: {
    "with an unmasked /proc": { given: deployment(context("procMount", "Unmasked")), says: /procMount of container app is Unmasked/ },
    "with an unsafe sysctl": {
      given: deployment({}, context("sysctls", [{ name: "kernel.msgmax", value: "65536" }])),
      says: /the pod sets kernel.msgmax/,
    },
    "with AppArmor off for the pod": {
      given: deployment({}, context("appArmorProfile", { type: "Unconfined" })),
      says: /appArmorProfile.type of the pod is Unconfined/,
    },
    "with AppArmor off by annotation": { given: annotated("unconfined"), says: /kubernetes.io\/app is unconfined/ },
    "with a type of SELinux for no container": {
      given: deployment(context("seLinuxOptions", { type: "spc_t" })),
      says: /seLinuxOptions.type of container app is spc_t/,
    },
    "with a user of SELinux": {
      given: deployment(context("seLinuxOptions", { user: "system_u" })),
      says: /seLinuxOptions.user of container app is system_u/,
    },
    ...fail,
  },
  absent: { "with nothing said, which leaves them on": { given: deployment({}), says: "pass" } },
  unknown: {
    "while the pods are not known": (stack) => addDeployment(stack, UNKNOWN),
    "while a sysctl is not known": deployment({}, context("sysctls", [UNKNOWN])),
    ...unknown,
  },
  mutations: {
    "a service sets an unsafe sysctl": (stack) =>
      inPods(stack, DEPLOYMENT, "sessions", ["securityContext", "sysctls"], [{ name: "net.core.somaxconn", value: "4096" }]),
    "a container is out of AppArmor": (stack) =>
      inContainer(stack, DEPLOYMENT, "grafana", ["securityContext", "appArmorProfile"], { type: "Unconfined" }),
  },
};
