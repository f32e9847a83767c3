import assert from "node:assert/strict";
import { EksCluster } from "../../components/compute/eks-cluster";
import { DAEMON_NAMESPACE, EksNodeDaemons } from "../../components/visibility/host/eks-node-daemons";
import { EksHost, VISIBILITY_NAMESPACE } from "../../components/visibility/host/eks-host";
import { type Manifest, manifests } from "../../plan/manifests";
import { clusterArgs, createNetwork } from "../components/compute/on-cluster";
import { agent, series, web } from "../components/visibility/host/samples";
import { recordProgram, TEST_CONTEXT } from "../harness";
import { findBinaries } from "./binaries";
import { ControlPlane } from "./control-plane";
import { EKS_KINDS } from "./eks-kinds";
import { SimulatedCluster } from "./simulated-cluster";

const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"];
const NODES_PER_ZONE = 2;
const TEST_MS = 5 * 60_000;
const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-4333-a444-555555555555";
const LEVEL = "pod-security.kubernetes.io/enforce";

/** What a durable environment with both samples and the agent applies. */
async function objectsOfSamples(): Promise<Manifest[]> {
  const resources = await recordProgram((options) => {
    const context = { ...TEST_CONTEXT, durable: true };
    const network = createNetwork(options);
    const cluster = new EksCluster("apps", clusterArgs(network, { durable: true }), options);
    const common = { context, network, cluster, secretKeyArn: KEY };
    const host = new EksHost("visibility", common, options);
    const hosted = host.run(series(), host);
    host.run(web(hosted), host);
    new EksNodeDaemons("nodes", common, options).run(agent(hosted), host);
  });
  return manifests(resources);
}

describe("the visibility layer on a real Kubernetes", function () {
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
    objects = await objectsOfSamples();
    plane = await ControlPlane.start(binaries.folder);
    cluster = await SimulatedCluster.of(plane);
    await cluster.addNodes(ZONES, NODES_PER_ZONE);
    for (const kind of EKS_KINDS) await cluster.apply(kind);
  });

  after(() => plane?.stop());

  const inVisibility = { namespace: VISIBILITY_NAMESPACE };

  it("takes every object", async () => {
    const [first] = objects.filter(({ kind }) => kind === "NodePool");
    assert.ok(first);
    await cluster.applyAll(objects, first);
  });

  it("runs the daemon on every node, a tainted one too", async () => {
    const [tainted] = cluster.nodes();
    assert.ok(tainted);
    await cluster.taint(tainted);
    await cluster.until("the daemon", async () => {
      const { status } = await cluster.apps.readNamespacedDaemonSet({ name: "agent", namespace: DAEMON_NAMESPACE });
      return status?.numberReady === ZONES.length * NODES_PER_ZONE;
    });
    const hosts = (await cluster.placed(DAEMON_NAMESPACE)).map(({ host }) => host).sort();
    assert.deepEqual(hosts, cluster.nodes().sort());
  });

  it("gets both programs ready, with a bound volume for each copy of the one with storage, over the zones", async () => {
    await cluster.until("the programs", async () => {
      const set = await cluster.apps.readNamespacedStatefulSet({ name: "series", ...inVisibility });
      const deployment = await cluster.apps.readNamespacedDeployment({ name: "web", ...inVisibility });
      return set.status?.availableReplicas === 3 && deployment.status?.availableReplicas === 2;
    });
    const { items } = await cluster.core.listNamespacedPersistentVolumeClaim(inVisibility);
    const claims = items.map(({ metadata, status }) => `${metadata?.name} ${status?.phase}`);
    assert.deepEqual(claims.sort(), ["data-series-0 Bound", "data-series-1 Bound", "data-series-2 Bound"]);
    const placed = await cluster.placed(VISIBILITY_NAMESPACE);
    const zones = placed.filter(({ name }) => name.startsWith("series-")).map(({ zone }) => zone);
    assert.deepEqual(zones.sort(), ZONES);
  });

  it("has one namespace above baseline, that of the daemons, and refuses in the other what it lets the daemons do", async () => {
    const { items } = await cluster.core.listNamespace({ labelSelector: "app.kubernetes.io/part-of=strata" });
    const levels = Object.fromEntries(items.map(({ metadata }) => [metadata?.name ?? "", metadata?.labels?.[LEVEL]]));
    assert.deepEqual(levels, { [VISIBILITY_NAMESPACE]: "restricted", [DAEMON_NAMESPACE]: "privileged" });
    const body = { metadata: { name: "root" }, spec: { serviceAccountName: "web", containers: [{ name: "root", image: "root" }] } };
    await assert.rejects(cluster.core.createNamespacedPod({ ...inVisibility, body }), /violates PodSecurity/);
  });

  it("gives each pod its files and its secrets by mounts that the API server takes", async () => {
    const { items } = await cluster.core.listNamespacedPod({ ...inVisibility, labelSelector: "app.kubernetes.io/name=series" });
    for (const { spec } of items) {
      const mounts = spec?.containers[0]?.volumeMounts?.map(({ mountPath }) => mountPath) ?? [];
      for (const path of ["/etc/series/series.conf", "/etc/series/secrets/password", "/var/lib/series"])
        assert.ok(mounts.includes(path), path);
      const sources = spec?.volumes?.find(({ name }) => name === "files")?.projected?.sources ?? [];
      for (const { configMap } of sources) {
        const { data } = await cluster.core.readNamespacedConfigMap({ name: configMap?.name ?? "", ...inVisibility });
        for (const { key } of configMap?.items ?? []) assert.ok(data?.[key] !== undefined, key);
      }
    }
  });

  it("lets one copy of a program go at a time", async () => {
    const { items } = await cluster.policy.listNamespacedPodDisruptionBudget(inVisibility);
    const allowed = Object.fromEntries(items.map(({ metadata, status }) => [metadata?.name ?? "", status?.disruptionsAllowed]));
    assert.deepEqual(allowed, { series: 1, web: 1 });
  });

  it("takes the same objects again without a change", async () => {
    const versions = async () =>
      [
        ...(await cluster.apps.listNamespacedStatefulSet(inVisibility)).items,
        ...(await cluster.apps.listNamespacedDeployment(inVisibility)).items,
        ...(await cluster.apps.listNamespacedDaemonSet({ namespace: DAEMON_NAMESPACE })).items,
      ].map(({ metadata }) => metadata?.generation);
    const earlier = await versions();
    for (const object of objects) await cluster.apply(object);
    assert.deepEqual(await versions(), earlier);
  });
});
