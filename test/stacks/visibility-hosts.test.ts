import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { Network } from "../../components/network/network";
import { LayerKey } from "../../components/persistence/layer-key";
import { AlarmTopic } from "../../components/visibility/alarm-topic";
import { type PlannedResource } from "../../plan/graph";
import { record } from "../../plan/record";
import { readStackFile } from "../../plan/stack-file";
import { readBlueprint } from "../../stacks/blueprint";
import { Places } from "../../stacks/places";
import { SharedCompute } from "../../stacks/shared-compute";
import { architecture } from "../../policy/architecture/pack";
import { evaluate } from "../../policy/lib/evaluate";
import { VisibilityHosts } from "../../stacks/visibility-hosts";
import { agent, series } from "../components/visibility/host/samples";
import { ROOT, Workspace } from "../harness";

/** Records what hosts make in an environment of the project, with nothing else of the environment but its network and keys. */
async function withHosts(root: string, use: (hosts: VisibilityHosts, parent: pulumi.Resource) => void): Promise<PlannedResource[]> {
  return record(
    () => {
      const { context, environment, services, bundles, adopted } = readBlueprint();
      const provider = new aws.Provider("aws", { region: context.region });
      const parent = new pulumi.ComponentResource("strata:test:Environment", "test", {}, { providers: { aws: provider } });
      const network = new Network("network", { ...environment.network, region: context.region, durable: context.durable }, { parent });
      const key = new LayerKey("visibility", { context, description: "Test", services: [] }, { parent });
      const { arn } = new AlarmTopic("alarms", { context, keyArn: key.arn }, { parent });
      const alarms = { arn, criticalArn: arn };
      const sources = { bucket: () => undefined, topic: () => undefined, queue: () => undefined };
      const shared = new SharedCompute({ context, environment, services, adopted, network, logKey: key, parent });
      const places = new Places({ context, environment, services, bundles, network, shared, alarms, sources });
      use(new VisibilityHosts({ context, environment, network, key, places, parent }), parent);
      return Promise.resolve({});
    },
    readStackFile(root, "dev"),
  );
}

/** Rules that resources break, each with the resource. */
function broken(resources: readonly PlannedResource[]): string[] {
  // Hosts alone are recorded: neither what subscribes to log groups nor what collects the logs of nodes, and buckets of logs are the network's.
  const ours = (urn: string) => urn.includes("strata:visibility:") && !urn.includes("strata:visibility:LogBucket");
  // The tags of its owner come from the provider of an environment, which a part of one does not have.
  const { violations } = evaluate([architecture], resources, { [architecture.name]: { "resource-has-owner-tags": "disabled" } });
  return violations.flatMap(({ rule, urn, message }) => (ours(urn) && rule !== "workload-has-log-route" ? [`${rule}: ${message}`] : []));
}

const count = (resources: readonly PlannedResource[], type: string) => resources.filter((resource) => resource.type === type).length;

describe("The hosts of the visibility layer in an environment", () => {
  it("are there only once something asks for one", async () => {
    const resources = await withHosts(ROOT, () => undefined);
    assert.deepEqual(
      resources.filter(({ type }) => type.startsWith("strata:visibility:") && type.includes("Host")).map(({ name }) => name),
      [],
    );
    assert.equal(count(resources, "aws:eks/cluster:Cluster"), 0);
  });

  it("run programs on EKS, and daemons on its nodes, where the environment has a cluster", async () => {
    const resources = await withHosts(ROOT, (hosts, parent) => {
      const hosted = hosts.host().run(series(), parent);
      assert.equal(hosts.host(), hosts.host());
      for (const daemons of hosts.nodeDaemons().filter(({ kind }) => kind === "eks")) daemons.run(agent(hosted), parent);
    });
    assert.equal(count(resources, "kubernetes:apps/v1:StatefulSet"), 1);
    assert.equal(count(resources, "kubernetes:apps/v1:DaemonSet"), 1);
    assert.equal(count(resources, "strata:visibility:EcsHost"), 0);
    assert.deepEqual(broken(resources), []);
  });

  it("run programs on ECS, and daemons on the instances that these bring, where that is chosen", async () => {
    const workspace = new Workspace().section("dev", "visibility", (values) => (values["host"] = "ecs"));
    try {
      const resources = await withHosts(workspace.root, (hosts, parent) => {
        const hosted = hosts.host().run(series(), parent);
        for (const daemons of hosts.nodeDaemons().filter(({ kind }) => kind === "ecs")) daemons.run(agent(hosted), parent);
      });
      assert.equal(count(resources, "aws:ebs/volume:Volume"), 3);
      assert.equal(count(resources, "strata:visibility:EcsNodeDaemons"), 1);
      assert.equal(count(resources, "kubernetes:apps/v1:StatefulSet"), 0);
      assert.deepEqual(broken(resources), []);
    } finally {
      workspace.dispose();
    }
  });
});
