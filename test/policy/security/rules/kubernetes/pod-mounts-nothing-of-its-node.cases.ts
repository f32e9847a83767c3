import { podMountsNothingOfItsNode as rule } from "../../../../../policy/security/rules/kubernetes/pod-mounts-nothing-of-its-node";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { addDeployment, DEPLOYMENT, deployment, excuses, inContainer, inPods } from "./pods";

const docker = { volumes: [{ name: "docker", hostPath: { path: "/var/run/docker.sock" } }] };
const { pass, fail, unknown } = excuses({}, docker);

export const cases: RuleCases = {
  rule,
  pass: {
    "with volumes that are its own": deployment(
      {},
      {
        volumes: [
          { name: "scratch", emptyDir: {} },
          { name: "data", persistentVolumeClaim: { claimName: "data" } },
          { name: "none", hostPath: null },
        ],
      },
    ),
    ...pass,
  },
  fail: {
    "with a path of the node": { given: deployment({}, docker), says: /volume docker is a hostPath/ },
    "with an in-tree volume": {
      given: deployment({}, { volumes: [{ name: "share", nfs: { server: "10.0.0.1" } }] }),
      says: /share is a nfs/,
    },
    "with a path of the node beside a volume that is not known": {
      given: deployment({}, { volumes: [UNKNOWN, ...docker.volumes] }),
      says: /volume docker is a hostPath$/,
    },
    ...fail,
  },
  absent: {
    "without volumes": { given: deployment({}), says: "pass" },
    "with a volume of no kind, which is an empty directory": { given: deployment({}, { volumes: [{ name: "scratch" }] }), says: "pass" },
  },
  unknown: {
    "while the pods are not known": (stack) => addDeployment(stack, UNKNOWN),
    "while a volume is not known": deployment({}, { volumes: [UNKNOWN] }),
    ...unknown,
  },
  mutations: {
    "a service mounts the socket of its container runtime": (stack) => {
      const [volume, mount] = [
        { name: "runtime", hostPath: { path: "/run/containerd/containerd.sock" } },
        { name: "runtime", mountPath: "/run/c", readOnly: true },
      ];
      inPods(stack, DEPLOYMENT, "sessions", ["volumes"], [volume]);
      inContainer(stack, DEPLOYMENT, "sessions", ["volumeMounts"], [mount]);
    },
  },
};
