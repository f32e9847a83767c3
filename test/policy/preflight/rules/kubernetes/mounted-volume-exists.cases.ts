import { mountedVolumeExists as rule } from "../../../../../policy/preflight/rules/kubernetes/mounted-volume-exists";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input, type Inputs } from "../../../stack";

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";

function mounts(volumes: Input, mount: Inputs, claims: Input = null): Given {
  const spec = { volumes, containers: [{ name: "app", volumeMounts: [mount] }] };
  return (stack) => stack.add(STATEFUL_SET, "orders", { spec: { template: { spec }, volumeClaimTemplates: claims } });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "of the pod": mounts([{ name: "scratch", emptyDir: {} }], { name: "scratch", mountPath: "/tmp" }),
    "of a claim": mounts(null, { name: "data", mountPath: "/data" }, [{ metadata: { name: "data" } }]),
  },
  fail: {
    "that there is not": {
      given: mounts([{ name: "scratch", emptyDir: {} }], { name: "scratches", mountPath: UNKNOWN }),
      says: /the pods of orders: container app mounts scratches, which is no volume of its pod/,
    },
  },
  absent: {
    "of any volume": { given: mounts(null, { name: "data" }), says: /mounts data/ },
    "of mounts": {
      given: (stack) => stack.add(STATEFUL_SET, "orders", { spec: { template: { spec: { containers: [{ name: "app" }] } } } }),
      says: "nothing",
    },
  },
  unknown: {
    "while the volumes are not known": mounts(UNKNOWN, { name: "data" }),
    "while the mount is not known": mounts([{ name: "data" }], { name: UNKNOWN }),
  },
  mutations: {
    "a container mounts a volume of another name": (stack) => {
      const workload = stack.one("kubernetes:apps/v1:Deployment", "chat-gateway");
      stack.set(workload, ["spec", "template", "spec", "containers", 0, "volumeMounts", 0, "name"], "scratches");
    },
  },
};
