import { taskImageIsPinned as rule } from "../../../../../policy/security/rules/containers/task-image-is-pinned";
import { type Given, type RuleCases } from "../../../cases";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const DIGEST = `sha256:${"0".repeat(64)}`;

function task(...images: readonly string[]): Given {
  return (stack) =>
    stack.add(TASK, "orders", { containerDefinitions: JSON.stringify(images.map((image, index) => ({ name: `c${index + 1}`, image }))) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a version": task("nginx:1.27"),
    "with a version, from a registry with a port": task("registry.internal:5000/shop/orders:2.1"),
    "with a digest": task(`public.ecr.aws/nginx/nginx@${DIGEST}`),
    "with latest and a digest, which counts": task(`nginx:latest@${DIGEST}`),
  },
  fail: {
    "with latest": { given: task("nginx:1.27", "agent:latest"), says: /orders runs whatever .* container c2 has image agent:latest/ },
  },
  absent: {
    "of a tag, which is latest": { given: task("nginx"), says: /without a tag, which is latest/ },
    "of a tag, where only the registry has a colon": { given: task("registry.internal:5000/orders"), says: /without a tag/ },
  },
  unknown: {
    "when its containers can't be read": (stack) => stack.add(TASK, "orders", { containerDefinitions: "[" }),
  },
  silentWhileUnknown: { containerDefinitions: "container-is-confined tells of containers that are not known" },
  mutations: {
    "a service on ECS runs latest": (stack) =>
      stack.edit(stack.one(TASK, "orders"), "containerDefinitions", (containers) => {
        if (!Array.isArray(containers)) return containers;
        const [first, ...others] = containers as Record<string, string>[];
        return [{ ...first, image: "public.ecr.aws/nginx/nginx-unprivileged:latest" }, ...others];
      }),
  },
};
