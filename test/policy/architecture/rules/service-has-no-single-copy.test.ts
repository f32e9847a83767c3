import assert from "node:assert/strict";
import { serviceHasNoSingleCopy as rule } from "../../../../policy/architecture/rules/service-has-no-single-copy";
import type { PackConfig } from "../../../../policy/lib/levels";
import { type StackResource, UNKNOWN } from "../../../../policy/lib/resource";
import { id, type Inputs, Ref, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

const EVERY: PackConfig = { [rule.id]: { everyService: true } };
const HPA = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";

/** An ECS service of a declared service, or of none. */
function onEcs(declares: Inputs | undefined, inputs: Inputs, minCapacity?: Inputs[string], config?: PackConfig, known = true): string {
  const stack = new TestStack(known);
  const parent = declares && stack.add("strata:service:Service", "orders", { target: "fargate", ...declares });
  const outputs = { name: "orders-1", cluster: "arn:aws:ecs:us-east-1:1:cluster/c" };
  const service = stack.add("aws:ecs/service:Service", "orders", inputs, parent, known ? outputs : {});
  if (minCapacity !== undefined) {
    const resourceId = known ? "service/c/orders-1" : new Ref(service, "name");
    stack.add("aws:appautoscaling/target:Target", "orders", { resourceId, minCapacity, maxCapacity: 9 });
    stack.add("aws:appautoscaling/target:Target", "other", { resourceId: "service/c/other", minCapacity: 1 });
  }
  return verdictOn(rule, service, stack.resources, config);
}

/** A Deployment, or another kind, of a declared service, with an autoscaler of its own and one of another namespace. */
function onPods(declares: Inputs, spec: Inputs[string], minReplicas?: Inputs[string], kind = "Deployment", config?: PackConfig): string {
  const stack = new TestStack();
  const parent = stack.add("strata:service:Service", "orders", { target: "eks", ...declares });
  const metadata = { name: "orders", namespace: "shop" };
  const workload = stack.add(`kubernetes:apps/v1:${kind}`, "orders", { metadata, spec }, parent);
  const scaleTargetRef = { kind, name: "orders" };
  if (minReplicas !== undefined) stack.add(HPA, "orders", { metadata, spec: { scaleTargetRef, minReplicas } });
  stack.add(HPA, "elsewhere", { metadata: { namespace: "test" }, spec: { scaleTargetRef, minReplicas: 1 } });
  return verdictOn(rule, workload, stack.resources, config);
}

const critical = { critical: true };

describe("no critical service runs as a single copy: ECS", () => {
  it("passes with two tasks, or two that its autoscaling keeps", () => {
    assert.equal(onEcs(critical, { desiredCount: 2 }), "pass");
    for (const known of [true, false]) assert.equal(onEcs(critical, { desiredCount: 1 }, 2, {}, known), "pass");
  });

  it("fails with one, whatever it starts with, and when it names no number", () => {
    assert.equal(onEcs(critical, { desiredCount: 1 }), "fail: orders may run as 1 task, by desiredCount; 2 are asked for");
    for (const known of [true, false]) assert.match(onEcs(critical, { desiredCount: 3 }, 1, {}, known), /^fail: .* by minCapacity/);
    assert.match(onEcs(critical, {}), /^fail: orders may run as 0 tasks/);
    assert.match(onEcs(critical, { desiredCount: 2 }, undefined, { [rule.id]: { minimum: 3 } }), /3 are asked for$/);
  });

  it("asks nothing of services that are not critical, of jobs, and of daemons, which have one task a host", () => {
    assert.equal(onEcs({ critical: false }, { desiredCount: 1 }), "nothing");
    assert.equal(onEcs({}, { desiredCount: 1 }), "nothing");
    assert.equal(onEcs({ critical: true, target: "fargate-job" }, { desiredCount: 0 }), "nothing");
    assert.equal(onEcs(critical, { schedulingStrategy: "DAEMON" }), "nothing");
    assert.equal(onEcs(undefined, { desiredCount: 1 }), "nothing");
  });

  it("asks it of every service where its settings say so, but not of jobs, legacy workloads and workers that scale from zero", () => {
    assert.match(onEcs({ critical: false }, { desiredCount: 1 }, undefined, EVERY), /^fail/);
    assert.match(onEcs(undefined, { desiredCount: 1 }, undefined, EVERY), /^fail/);
    assert.equal(onEcs(undefined, { desiredCount: 2 }, undefined, EVERY), "pass");
    assert.equal(onEcs({ target: "fargate-job" }, { desiredCount: 0 }, 0, EVERY), "nothing");
    assert.equal(onEcs({ legacy: true }, { desiredCount: 1 }, undefined, EVERY), "nothing");
    assert.equal(onEcs(undefined, { desiredCount: 0 }, 0, EVERY), "nothing");
    assert.match(onEcs({ legacy: true, ...critical }, { desiredCount: 1 }), /^fail/);
  });

  it("asks nothing where an enclosing component declares that its environment is not durable", () => {
    for (const [durable, expected] of [
      [false, "nothing"],
      [true, "fail: orders may run as 1 task, by desiredCount; 2 are asked for"],
      [UNKNOWN, "not evaluated: whether its service is critical is not known yet"],
    ] as const) {
      const stack = new TestStack();
      const platform = stack.add("strata:stacks:Platform", "dev", { durable });
      const parent = stack.add("strata:service:Service", "orders", { target: "fargate", ...critical }, platform);
      const service = stack.add("aws:ecs/service:Service", "orders", { desiredCount: 1 }, parent);
      assert.equal(verdictOn(rule, service, stack.resources), expected);
    }
  });

  it("is not evaluated when the number, or whether it is critical, is not known, and passes where that does not matter", () => {
    assert.equal(onEcs(critical, { desiredCount: UNKNOWN }), "not evaluated: how many tasks it has is not known yet");
    assert.match(onEcs(critical, { desiredCount: 2 }, UNKNOWN), /^not evaluated/);
    assert.equal(onEcs({ critical: UNKNOWN }, { desiredCount: 1 }), "not evaluated: whether its service is critical is not known yet");
    assert.equal(onEcs({ critical: UNKNOWN }, { desiredCount: 2 }), "pass");
  });
});

describe("no critical service runs as a single copy: Kubernetes and Lambda", () => {
  it("passes with two pods, or two that its HorizontalPodAutoscaler keeps", () => {
    assert.equal(onPods(critical, { replicas: 2 }), "pass");
    assert.equal(onPods(critical, { replicas: 1 }, 2), "pass");
    assert.equal(onPods(critical, { replicas: 2 }, undefined, "StatefulSet"), "pass");
  });

  it("fails with one, and one is what Kubernetes makes of nothing", () => {
    assert.equal(onPods(critical, { replicas: 1 }), "fail: orders may run as 1 pod, by spec.replicas; 2 are asked for");
    assert.match(onPods(critical, {}), /^fail/);
    assert.match(onPods(critical, { replicas: 3 }, 1), /by spec.minReplicas/);
    assert.match(onPods({}, { replicas: 1 }, undefined, "Deployment", EVERY), /^fail/);
  });

  it("is not evaluated when the number is not known", () => {
    assert.match(onPods(critical, UNKNOWN), /^not evaluated: how many pods it has/);
    assert.match(onPods(critical, { replicas: 2 }, UNKNOWN), /^not evaluated/);
  });

  it("passes on a function, and is not evaluated where nothing was made for a service", () => {
    const on = (target: string): string =>
      verdictOn(rule, new TestStack().add("strata:service:Service", "orders", { target, ...critical }));
    assert.equal(on("lambda"), "pass");
    assert.equal(on("ecs"), "not evaluated: no workload in the stack was made for it");
  });

  it("finds the workload of an autoscaler that names it by an output", () => {
    const stack = new TestStack(false);
    const parent = stack.add("strata:service:Service", "orders", { target: "eks", ...critical });
    const workload: StackResource = stack.add("kubernetes:apps/v1:Deployment", "orders", { spec: { replicas: 1 } }, parent);
    stack.add(HPA, "orders", { spec: { scaleTargetRef: { kind: "Deployment", name: id(workload) }, minReplicas: 2 } });
    assert.equal(verdictOn(rule, workload, stack.resources), "pass");
  });
});
