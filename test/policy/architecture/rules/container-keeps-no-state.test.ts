import assert from "node:assert/strict";
import { containerKeepsNoState as rule } from "../../../../policy/architecture/rules/container-keeps-no-state";
import type { PackConfig } from "../../../../policy/lib/levels";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { type Inputs, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

function on(type: string, inputs: Inputs, config?: PackConfig): string {
  const resource = new TestStack().add(type, "orders", inputs);
  return verdictOn(rule, resource, [resource], config);
}
const onTask = (inputs: Inputs, config?: PackConfig): string => on("aws:ecs/taskDefinition:TaskDefinition", inputs, config);
const onPod = (volume: Json, mount: Json = { name: "v" }, metadata: Json = {}): string =>
  on("kubernetes:apps/v1:Deployment", {
    metadata,
    spec: { template: { spec: { containers: [{ name: "app", volumeMounts: [mount] }], volumes: [volume] } } },
  });

const efs = { name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1" } };

describe("no container keeps state: ECS", () => {
  it("passes without volumes and with scratch space", () => {
    assert.equal(onTask({}), "pass");
    assert.equal(onTask({ volumes: [] }), "pass");
    assert.equal(onTask({ volumes: [{ name: "tmp" }, { name: "filled-in", configureAtLaunch: false, hostPath: "" }] }), "pass");
  });

  it("fails on each kind of volume that outlives the task", () => {
    assert.equal(onTask({ volumes: [efs] }), "fail: orders keeps state: volume data has efsVolumeConfiguration");
    const volumes: Record<string, Json>[] = [
      { hostPath: "/data" },
      { configureAtLaunch: true },
      { dockerVolumeConfiguration: { scope: "shared" } },
      { fsxWindowsFileServerVolumeConfiguration: {} },
      { s3filesVolumeConfiguration: {} },
    ];
    for (const volume of volumes) {
      assert.match(onTask({ volumes: [{ name: "data", ...volume }] }), /^fail/, JSON.stringify(volume));
    }
  });

  it("passes on a path of the host that its containers only read, as an agent's do", () => {
    const mounted = (...readOnly: Json[]): Inputs => ({
      volumes: [{ name: "proc", hostPath: "/proc" }],
      containerDefinitions: JSON.stringify([
        { name: "agent", mountPoints: readOnly.map((value) => ({ sourceVolume: "proc", readOnly: value })) },
      ]),
    });
    assert.equal(onTask(mounted(true)), "pass");
    for (const writable of [[false], [null], [true, false], []]) {
      assert.equal(onTask(mounted(...writable)), "fail: orders keeps state: volume proc has hostPath", JSON.stringify(writable));
    }
    assert.match(onTask({ ...mounted(true), containerDefinitions: UNKNOWN }), /^not evaluated: whether its containers write/);
    assert.match(onTask({ ...mounted(true), containerDefinitions: "[{" }), /^fail/);
  });

  it("passes on a workload that is marked as a store", () => {
    assert.equal(onTask({ volumes: [efs], tags: { "strata:store": "true" } }), "pass");
    assert.match(onTask({ volumes: [efs], tags: { "strata:store": "false" } }), /^fail/);
    const hostPath = { name: "v", hostPath: { path: "/var/lib/strata/series" } };
    assert.equal(onPod(hostPath, { name: "v" }, { labels: { "strata.dev/store": "true" } }), "pass");
    assert.match(onPod(hostPath), /^fail/);
  });

  it("passes on a marked legacy workload, by the tag of its settings", () => {
    assert.equal(onTask({ volumes: [efs], tags: { "strata:legacy": "true" } }), "pass");
    assert.match(onTask({ volumes: [efs], tags: { "strata:legacy": "false" } }), /^fail/);
    assert.match(onTask({ volumes: [efs], tags: { old: "yes" } }), /^fail/);
    assert.equal(onTask({ volumes: [efs], tags: { old: "yes" } }, { [rule.id]: { legacyTag: "old" } }), "pass");
  });

  it("is not evaluated on unknown volumes, or an unknown mark", () => {
    for (const volumes of [UNKNOWN, [UNKNOWN], [{ name: "data", hostPath: UNKNOWN }]]) assert.match(onTask({ volumes }), /^not evaluated/);
    assert.match(onTask({ volumes: [efs], tags: UNKNOWN }), /^not evaluated: whether it is marked/);
    assert.match(onTask({ volumes: [efs, { name: "later", hostPath: UNKNOWN }] }), /^fail/);
    assert.equal(onTask({ volumes: [{ name: "tmp" }], tags: UNKNOWN }), "pass");
  });
});

describe("no container keeps state: Kubernetes", () => {
  it("passes without volumes, with scratch space and with what others wrote", () => {
    assert.equal(on("kubernetes:apps/v1:StatefulSet", { spec: { template: { spec: { containers: [] } } } }), "pass");
    const volumes: Record<string, Json>[] = [
      { emptyDir: {} },
      { configMap: { name: "c" } },
      { secret: {} },
      { projected: {} },
      { ephemeral: {} },
    ];
    for (const volume of volumes) {
      assert.equal(onPod({ name: "v", ...volume }), "pass", JSON.stringify(volume));
    }
  });

  it("fails on claims, claim templates, and paths of the node it writes to", () => {
    assert.match(on("kubernetes:core/v1:PersistentVolumeClaim", {}), /^fail/);
    assert.match(
      on("kubernetes:apps/v1:StatefulSet", { spec: { volumeClaimTemplates: [{ metadata: { name: "data" } }] } }),
      /claim template data/,
    );
    assert.match(onPod({ name: "v", persistentVolumeClaim: { claimName: "c" } }), /^fail: .*volume v is a persistentVolumeClaim/);
    assert.match(onPod({ name: "v", nfs: { server: "s", path: "/" } }), /^fail/);
    assert.match(onPod({ name: "v", hostPath: { path: "/data" } }), /^fail/);
  });

  it("passes on a path of the node that is only read", () => {
    assert.equal(onPod({ name: "v", hostPath: { path: "/proc" } }, { name: "v", readOnly: true }), "pass");
  });

  it("passes on a marked legacy workload", () => {
    const volume = { name: "v", persistentVolumeClaim: { claimName: "c" } };
    assert.equal(onPod(volume, { name: "v" }, { labels: { "strata.dev/legacy": "true" } }), "pass");
    assert.equal(onPod(volume, { name: "v" }, { annotations: { "strata.dev/legacy": "erp" } }), "pass");
  });

  it("is not evaluated on unknown pods, volumes or labels", () => {
    assert.match(on("kubernetes:apps/v1:Deployment", { spec: UNKNOWN }), /^not evaluated/);
    assert.match(on("kubernetes:apps/v1:StatefulSet", { spec: { volumeClaimTemplates: UNKNOWN } }), /^not evaluated/);
    assert.match(onPod(UNKNOWN), /^not evaluated/);
    assert.match(onPod({ name: "v", persistentVolumeClaim: UNKNOWN }), /^not evaluated/);
    assert.match(onPod({ name: "v", persistentVolumeClaim: {} }, { name: "v" }, { labels: UNKNOWN }), /^not evaluated/);
  });

  it("has nothing to say about other resources", () => {
    assert.equal(on("kubernetes:core/v1:Service", {}), "nothing");
  });
});
