import { type Json, type StackResource, UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type Situation } from "../../../cases";
import type { Mutant } from "../../../mutant";
import { type Input, type Inputs, type TestStack } from "../../../stack";

export const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
export const DAEMON_SET = "kubernetes:apps/v1:DaemonSet";
export const NAMESPACE = "kubernetes:core/v1:Namespace";
export const BECAUSE = "strata.dev/because";
export const ENFORCE = "pod-security.kubernetes.io/enforce";

/** A Deployment of one container in the namespace `shop`. */
export function deployment(container: Inputs, pod: Inputs = {}, metadata: Inputs = {}): Given {
  return (stack) => addDeployment(stack, { containers: [{ name: "app", ...container }], ...pod }, metadata);
}

export function addDeployment(stack: TestStack, pod: Input, metadata: Inputs = {}): StackResource {
  return stack.add(DEPLOYMENT, "orders", {
    metadata: { name: "orders", namespace: "shop", ...metadata },
    spec: { template: { spec: pod } },
  });
}

/** As `deployment`, in a namespace of the stack at a level of Pod Security, with a reason or without. */
export function atLevel(level: Input, because: Input, container: Inputs, pod: Inputs = {}): Given {
  return (stack) => {
    stack.add(NAMESPACE, "shop", { metadata: { name: "shop", labels: { [ENFORCE]: level } } });
    return deployment(container, pod, { annotations: { [BECAUSE]: because } })(stack);
  };
}

/** What excuses pods that break a rule of the standard, and what does not: `container` and `pod` are what is wrong with them. */
export function excuses(
  container: Inputs,
  pod: Inputs = {},
): {
  readonly pass: Readonly<Record<string, Given>>;
  readonly fail: Readonly<Record<string, Situation & { readonly says: RegExp }>>;
  readonly unknown: Readonly<Record<string, Given>>;
} {
  return {
    pass: { "in a namespace at privileged, with a reason": atLevel("privileged", "It looks after its node", container, pod) },
    fail: {
      "with a reason, in a namespace at restricted": {
        given: atLevel("restricted", "It wants to", container, pod),
        says: /pods of orders/,
      },
      "in a namespace at privileged, with an empty reason": { given: atLevel("privileged", " ", container, pod), says: /pods of orders/ },
    },
    unknown: {
      "with a reason, while the level of its namespace is not known": atLevel(UNKNOWN, "It looks after its node", container, pod),
      "with a reason, in a namespace outside the stack": deployment(container, pod, {
        annotations: { [BECAUSE]: "It looks after its node" },
      }),
    },
  };
}

/** Sets a property of the first container of a workload of our own stack. */
export function inContainer(stack: Mutant, type: string, name: string, path: readonly (string | number)[], value: Json | undefined): void {
  stack.set(stack.one(type, name), ["spec", "template", "spec", "containers", 0, ...path], value);
}

/** Sets a property of the pods of a workload of our own stack. */
export function inPods(stack: Mutant, type: string, name: string, path: readonly string[], value: Json | undefined): void {
  stack.set(stack.one(type, name), ["spec", "template", "spec", ...path], value);
}
