import { podImageIsPinned as rule } from "../../../../../policy/security/rules/kubernetes/pod-image-is-pinned";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { addDeployment, DEPLOYMENT, deployment, inContainer } from "./pods";

export const cases: RuleCases = {
  rule,
  pass: {
    "with a tag": deployment({ image: "registry.example.com:5000/shop/orders:1.4.2" }),
    "with a digest": deployment({ image: `nginx@sha256:${"0".repeat(64)}` }),
    "with a digest of latest": deployment({ image: `nginx:latest@sha256:${"0".repeat(64)}` }),
  },
  fail: {
    "with latest": { given: deployment({ image: "nginx:latest" }), says: /of no certain version: container app runs nginx:latest/ },
    "without a tag": { given: deployment({ image: "nginx" }), says: /runs nginx$/ },
    "without a tag, from a registry on a port": {
      given: deployment({ image: "registry.example.com:5000/orders" }),
      says: /runs registry.example.com:5000\/orders$/,
    },
    "in an init container": {
      given: deployment({ image: UNKNOWN }, { initContainers: [{ name: "setup", image: "busybox:latest" }] }),
      says: /: container setup runs busybox:latest$/,
    },
  },
  absent: { "without an image, which Kubernetes refuses": { given: deployment({}), says: "pass" } },
  unknown: {
    "while the pods are not known": (stack) => addDeployment(stack, UNKNOWN),
    "while the image is not known": deployment({ image: UNKNOWN }),
  },
  mutations: {
    "a service runs latest": (stack) =>
      inContainer(stack, DEPLOYMENT, "sessions", ["image"], "public.ecr.aws/nginx/nginx-unprivileged:latest"),
    "a service runs whatever there is": (stack) =>
      inContainer(stack, DEPLOYMENT, "chat-gateway", ["image"], "public.ecr.aws/docker/library/eclipse-mosquitto"),
  },
};
