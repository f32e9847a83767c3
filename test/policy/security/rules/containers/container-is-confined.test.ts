import assert from "node:assert/strict";
import { containerIsConfined as rule } from "../../../../../policy/security/rules/containers/container-is-confined";
import type { PackConfig } from "../../../../../policy/lib/levels";
import { type Json, UNKNOWN } from "../../../../../policy/lib/resource";
import { type Inputs, TestStack } from "../../../stack";
import { verdictOn } from "../../../verdicts";

type Properties = { [key: string]: Json };

function on(type: string, inputs: Inputs, config?: PackConfig): string {
  const resource = new TestStack().add(type, "orders", inputs);
  return verdictOn(rule, resource, [resource], config);
}
const onTask = (container: Properties, extra: Inputs = {}, config?: PackConfig): string =>
  on(
    "aws:ecs/taskDefinition:TaskDefinition",
    { containerDefinitions: JSON.stringify([{ name: "app", readonlyRootFilesystem: true, ...container }]), ...extra },
    config,
  );
const confined = { privileged: false, readOnlyRootFilesystem: true, runAsNonRoot: true };
const deployment = (container: Json, pod: Properties = {}, metadata: Properties = {}): Inputs => ({
  metadata,
  spec: { template: { spec: { containers: [{ name: "app", securityContext: container }], ...pod } } },
});
const onPod = (container: Json, pod?: Properties, metadata?: Properties): string =>
  on("kubernetes:apps/v1:Deployment", deployment(container, pod, metadata));

describe("containers are confined: ECS", () => {
  it("passes with a read-only root file system and a user that is not root, or the one of the image", () => {
    for (const user of [undefined, "1000", "1000:0", "app", "rooty"])
      assert.equal(onTask(user === undefined ? {} : { user }), "pass", user);
  });

  it("fails on each of the three, absent as false, and names the container", () => {
    assert.equal(onTask({ privileged: true }), "fail: orders is not confined: container app is privileged");
    assert.equal(onTask({ readonlyRootFilesystem: null }), "fail: orders is not confined: container app can write to its root file system");
    for (const user of ["0", "root", "0:0", "root:root"]) assert.match(onTask({ user }), /: container app may run as root$/, user);
  });

  it("asks for no read-only root file system on Windows, which has none", () => {
    const windows = { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } };
    assert.equal(onTask({ readonlyRootFilesystem: false }, windows), "pass");
    assert.match(onTask({ privileged: true }, windows), /^fail/);
  });

  it("passes with a reason, in the tag of its settings; an empty one is none", () => {
    const writable = { readonlyRootFilesystem: false };
    assert.equal(onTask(writable, { tags: { "strata:because": "Its vendor writes next to its binary" } }), "pass");
    assert.equal(onTask(writable, { tags: { why: "Its vendor does" } }, { [rule.id]: { reasonTag: "why" } }), "pass");
    assert.match(onTask(writable, { tags: { "strata:because": "" } }), /^fail/);
  });

  it("is not evaluated on containers that are absent, unknown or no JSON, or an unknown reason", () => {
    assert.match(on("aws:ecs/taskDefinition:TaskDefinition", {}), /^not evaluated: it has no containerDefinitions/);
    assert.equal(onTask({}, { containerDefinitions: UNKNOWN }), "not evaluated: its containers are not known yet");
    assert.match(onTask({}, { containerDefinitions: "[{" }), /^not evaluated: containerDefinitions can't be read/);
    assert.equal(onTask({ privileged: true }, { tags: UNKNOWN }), "not evaluated: whether it gives a reason is not known yet");
    assert.equal(onTask({}, { tags: UNKNOWN }), "pass");
  });
});

describe("containers are confined: Kubernetes", () => {
  it("passes on a restricted security context, what the pod says counting for its containers", () => {
    assert.equal(onPod(confined), "pass");
    assert.equal(onPod({ readOnlyRootFilesystem: true }, { securityContext: { runAsNonRoot: true, runAsUser: 1000 } }), "pass");
  });

  it("fails on each of the three, absent as false, init containers too", () => {
    assert.match(onPod({ ...confined, privileged: true }), /: container app is privileged$/);
    assert.match(onPod({ ...confined, readOnlyRootFilesystem: null }), /: container app can write to its root file system$/);
    assert.match(onPod({ ...confined, runAsNonRoot: null }), /: container app may run as root$/);
    assert.match(onPod({ ...confined, runAsUser: 0 }), /: container app may run as root$/);
    assert.match(onPod({ ...confined, runAsNonRoot: false }, { securityContext: { runAsNonRoot: true } }), /may run as root$/);
    assert.match(onPod(null), /can write to its root file system; container app may run as root$/);
    assert.match(onPod(confined, { initContainers: [{ name: "setup" }] }), /: container setup can write/);
  });

  it("reads the pods of every kind", () => {
    const spec = { containers: [{ name: "app" }] };
    const kinds: [string, Inputs][] = [
      ["core/v1:Pod", { spec }],
      ["apps/v1:DaemonSet", { spec: { template: { spec } } }],
      ["batch/v1:Job", { spec: { template: { spec } } }],
      ["batch/v1:CronJob", { spec: { jobTemplate: { spec: { template: { spec } } } } }],
    ];
    for (const [kind, inputs] of kinds) assert.match(on(`kubernetes:${kind}`, inputs), /^fail/, kind);
  });

  it("passes with a reason, in an annotation or a label of the object or its pods", () => {
    const because = { "strata.dev/because": "It reads the counters of its node" };
    assert.equal(onPod(null, {}, { annotations: because }), "pass");
    assert.equal(
      on("kubernetes:apps/v1:DaemonSet", { spec: { template: { metadata: { annotations: because }, spec: { containers: [{}] } } } }),
      "pass",
    );
  });

  it("is not evaluated on unknown pods, containers, settings or reasons", () => {
    assert.match(on("kubernetes:apps/v1:Deployment", { spec: UNKNOWN }), /^not evaluated: its pods/);
    assert.match(onPod(UNKNOWN), /^not evaluated: whether container app is privileged/);
    assert.match(onPod({ ...confined, runAsNonRoot: UNKNOWN }), /^not evaluated: whether container app may run as root/);
    assert.match(onPod(null, {}, { annotations: UNKNOWN }), /^not evaluated: whether it gives a reason/);
    assert.match(onPod({ ...confined, runAsNonRoot: UNKNOWN, privileged: true }), /^fail/);
  });
});
