import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { manifests, manifestsYaml } from "../../plan/manifests";
import { UNKNOWN } from "../../plan/graph";
import { EksCluster } from "../../components/compute/eks-cluster";
import { only } from "../harness";
import { cataloguedTenants, described, recordOnCluster } from "../components/compute/on-cluster";

const KUBECONFIG = JSON.stringify({
  kind: "Config",
  clusters: [{ name: "c", cluster: { server: "https://kube.example.com" } }],
  users: [{ name: "u" }],
  contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
  "current-context": "x",
});

describe("the manifests of a plan", () => {
  it("are all its Kubernetes objects, with their names and without anything unknown", async () => {
    const resources = await recordOnCluster(cataloguedTenants());
    const objects = manifests(resources);
    assert.equal(objects.length, resources.filter(({ type }) => type.startsWith("kubernetes:")).length);
    assert.ok(!JSON.stringify(objects).includes(UNKNOWN));
    for (const { apiVersion, kind, metadata } of objects) assert.ok(apiVersion && kind && metadata.name);
  });

  it("stand in an order in which they can be applied: namespaces before what is in them", async () => {
    const objects = manifests(await recordOnCluster(cataloguedTenants()));
    const made = new Set(["kube-system"]);
    for (const { kind, metadata } of objects) {
      if (kind === "Namespace") made.add(metadata.name);
      if (metadata.namespace !== undefined) assert.ok(made.has(metadata.namespace), `${kind} ${metadata.name} before its namespace`);
    }
  });

  it("can be read back from YAML as they are", async () => {
    const objects = manifests(await recordOnCluster(cataloguedTenants()));
    const read = parseAllDocuments(manifestsYaml(objects)).map((document) => document.toJS() as unknown);
    assert.deepEqual(read, objects);
  });

  it("can be had for one of several clusters", async () => {
    const resources = await recordOnCluster([{ descriptor: described("shop"), target: "eks" }], {
      adopt: (parent) => EksCluster.adopt("frankfurt", { kubeconfig: KUBECONFIG, key: "test" }, { parent }),
    });
    const provider = only(resources, "pulumi:providers:kubernetes", "frankfurt").urn;
    assert.equal(manifests(resources, provider).length, manifests(resources).length);
    assert.deepEqual(manifests(resources, `${provider}-other`), []);
  });
});
