import assert from "node:assert/strict";
import { namespaceOf } from "../../components/compute/kubernetes/names";
import { type Manifest, manifests } from "../../plan/manifests";
import { makePlan } from "../../plan/plan";
import { ROOT } from "../harness";
import { findBinaries } from "./binaries";
import { ControlPlane } from "./control-plane";
import { EKS_KINDS } from "./eks-kinds";
import { type Placed, SimulatedCluster } from "./simulated-cluster";

const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"];
const NODES_PER_ZONE = 2;
const TEST_MS = 5 * 60_000;

describe("a real Kubernetes", function () {
  this.timeout(TEST_MS);
  let plane: ControlPlane | undefined;
  let cluster: SimulatedCluster;
  let objects: Manifest[];

  before(async function () {
    const binaries = findBinaries();
    if ("missing" in binaries) {
      console.warn(`      skipped: ${binaries.missing}`);
      this.skip();
    }
    objects = manifests((await makePlan(ROOT, "prod")).document.resources);
    plane = await ControlPlane.start(binaries.folder);
    cluster = await SimulatedCluster.of(plane);
    await cluster.addNodes(ZONES, NODES_PER_ZONE);
    for (const kind of EKS_KINDS) await cluster.apply(kind);
  });

  after(() => plane?.stop());

  const named = (kind: string) => objects.filter((object) => object.kind === kind);
  const pods = (service: string): Promise<Placed[]> => cluster.placed(namespaceOf(service));
  const hosts = (placed: readonly Placed[]): string[] => placed.map(({ host }) => host).sort();

  async function everythingReady(): Promise<void> {
    for (const { metadata } of named("Deployment"))
      await cluster.until(`Deployment ${metadata.name}`, async () => {
        const { spec, status } = await cluster.apps.readNamespacedDeployment({ name: metadata.name, namespace: metadata.namespace ?? "" });
        return status?.availableReplicas === spec?.replicas && status?.updatedReplicas === spec?.replicas;
      });
    for (const { metadata } of named("StatefulSet"))
      await cluster.until(`StatefulSet ${metadata.name}`, async () => {
        const { spec, status } = await cluster.apps.readNamespacedStatefulSet({ name: metadata.name, namespace: metadata.namespace ?? "" });
        return status?.availableReplicas === spec?.replicas;
      });
  }

  /** Every budget's healthy pods are as many as it wants. */
  async function budgetsHold(): Promise<void> {
    const { items } = await cluster.policy.listPodDisruptionBudgetForAllNamespaces();
    for (const { metadata, status } of items)
      assert.ok(
        status && status.currentHealthy >= status.desiredHealthy,
        `${metadata?.name}: ${status?.currentHealthy} healthy pods of ${status?.desiredHealthy} wanted`,
      );
  }

  it("takes every object of the plan", async () => {
    const [pool] = named("NodePool");
    assert.ok(pool);
    await cluster.applyAll(objects, pool);
  });

  it("gets every Deployment and StatefulSet ready, with Pod Security enforcing restricted everywhere but for the daemons of nodes", async () => {
    await everythingReady();
    const { items } = await cluster.core.listNamespace({ labelSelector: "app.kubernetes.io/part-of=strata" });
    const levels = items.map(({ metadata }) => [metadata?.name, metadata?.labels?.["pod-security.kubernetes.io/enforce"]]);
    assert.deepEqual(levels.sort(), [
      ["strata-nodes", "privileged"],
      ["strata-visibility", "restricted"],
      ...["chat-gateway", "legacy-erp", "sessions"].map((service) => [namespaceOf(service), "restricted"]),
    ]);
  });

  it("has Netdata and the collector on every node, and each copy of Graphite and Loki with its volume", async () => {
    const nodes = cluster.nodes().length;
    const daemons = named("DaemonSet").map(({ metadata }) => metadata.name);
    assert.deepEqual(daemons.sort(), ["netdata", "telemetry"]);
    for (const name of daemons)
      await cluster.until(`DaemonSet ${name}`, async () => {
        const { status } = await cluster.apps.readNamespacedDaemonSet({ name, namespace: "strata-nodes" });
        return status?.desiredNumberScheduled === nodes && status.numberReady === nodes;
      });
    const { items: sets } = await cluster.apps.listNamespacedStatefulSet({ namespace: "strata-visibility" });
    const { items: claims } = await cluster.core.listNamespacedPersistentVolumeClaim({ namespace: "strata-visibility" });
    const copies = sets.reduce((sum, { spec }) => sum + (spec?.replicas ?? 0), 0);
    assert.deepEqual(sets.map(({ metadata }) => metadata?.name).sort(), ["graphite-shard", "loki"]);
    assert.ok(copies >= 7, `${copies} copies`);
    assert.equal(claims.filter(({ status }) => status?.phase === "Bound").length, copies);
  });

  it("refuses a pod that wants more than restricted in a service's namespace", async () => {
    const namespace = namespaceOf("sessions");
    const body = { metadata: { name: "root" }, spec: { serviceAccountName: "sessions", containers: [{ name: "root", image: "root" }] } };
    await assert.rejects(cluster.core.createNamespacedPod({ namespace, body }), /violates PodSecurity/);
  });

  it("spreads the copies of a service over the zones", async () => {
    for (const service of ["sessions", "chat-gateway"]) {
      const zones = (await pods(service)).map(({ zone }) => zone).sort();
      assert.deepEqual(zones, ZONES, service);
    }
  });

  it("puts each chat-gateway on a host of its own, beside a copy of sessions", async () => {
    const gateways = hosts(await pods("chat-gateway"));
    assert.equal(new Set(gateways).size, gateways.length, "two copies share a host");
    const companions = new Set(hosts(await pods("sessions")));
    for (const host of gateways) assert.ok(companions.has(host), `${host} has a chat-gateway and no sessions`);
  });

  it("gives the legacy workload the disk it asks for, in the zone of its pod", async () => {
    const [pod] = await pods("legacy-erp");
    const { items } = await cluster.core.listNamespacedPersistentVolumeClaim({ namespace: namespaceOf("legacy-erp") });
    const [claim] = items;
    assert.equal(items.length, 1);
    assert.equal(claim?.status?.phase, "Bound");
    assert.equal(claim?.spec?.resources?.requests?.["storage"], "200Gi");
    const { items: volumes } = await cluster.core.listPersistentVolume();
    const terms = volumes.find(({ spec }) => spec?.claimRef?.name === claim?.metadata?.name)?.spec?.nodeAffinity?.required
      ?.nodeSelectorTerms;
    assert.deepEqual(terms?.[0]?.matchExpressions?.[0]?.values, [pod?.zone]);
  });

  it("lets no two copies of a service go at the same time", async () => {
    const namespace = namespaceOf("sessions");
    const [first, second] = await pods("sessions");
    assert.ok(first && second);
    // With nowhere to go the first copy stays away for as long as the test wants.
    for (const node of cluster.nodes()) await cluster.schedulable(node, false);
    assert.equal(await cluster.evict(first.name, namespace), true);
    await cluster.until("the budget counts", async () => {
      const { status } = await cluster.policy.readNamespacedPodDisruptionBudget({ name: "sessions", namespace });
      return status?.currentHealthy === 2;
    });
    assert.equal(await cluster.evict(second.name, namespace), false);
    for (const node of cluster.nodes()) await cluster.schedulable(node, true);
    await everythingReady();
  });

  it("drains each node in turn without breaking a budget, and everything comes back", async () => {
    for (const node of cluster.nodes()) {
      await cluster.drain(node, budgetsHold);
      await everythingReady();
      await cluster.schedulable(node, true);
    }
    await budgetsHold();
  });

  it("accepts the autoscalers and the network policies", async () => {
    const { items: policies } = await cluster.networking.listNetworkPolicyForAllNamespaces();
    assert.equal(policies.length, named("NetworkPolicy").length);
    const { items: autoscalers } = await cluster.autoscaling.listHorizontalPodAutoscalerForAllNamespaces();
    assert.equal(autoscalers.length, named("HorizontalPodAutoscaler").length);
    for (const { metadata, spec } of autoscalers) {
      assert.ok((spec?.minReplicas ?? 0) >= 2, `${metadata?.name} may shrink to a single copy`);
      assert.ok((spec?.maxReplicas ?? 0) > (spec?.minReplicas ?? 0), `${metadata?.name} cannot grow`);
    }
  });

  it("takes the same objects again without a change", async () => {
    const versions = async () => (await cluster.apps.listDeploymentForAllNamespaces()).items.map(({ metadata }) => metadata?.generation);
    const earlier = await versions();
    for (const object of objects) await cluster.apply(object);
    assert.deepEqual(await versions(), earlier);
  });
});
