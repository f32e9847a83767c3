import assert from "node:assert/strict";
import { join } from "node:path";
import { PolicyType } from "@pulumi/pulumi/proto/analyzer_pb";
import { architecture } from "../../../policy/architecture/pack";
import { evaluate } from "../../../policy/lib/evaluate";
import { brokenMessage, failMessage, LEVEL_VARIABLE, notEvaluatedMessage } from "../../../policy/lib/crossguard";
import { type Json, type StackResource, UNKNOWN } from "../../../policy/lib/resource";
import { Analyzer, type Diagnostic } from "../analyzer";
import { arn, id, type Inputs, TestNetwork, TestStack } from "../stack";

const PACK = join(__dirname, "../../../policy/architecture");

/** A stack on which each rule of the pack fails, passes, and can't decide. */
function mixed(known: boolean): StackResource[] {
  const stack = new TestStack(known);
  const network = new TestNetwork(stack);
  const [orders, ordersDb, crm] = [network.group("orders"), network.group("orders-db"), network.group("crm")];
  network.service("orders", orders);
  network.database("orders-db", ordersDb);
  network.allow(orders, ordersDb, 5432);
  network.rule("Ingress", "world", crm, 5432, { cidrIpv4: "0.0.0.0/0" });
  network.database("crm", crm, { publiclyAccessible: true }, network.public);
  network.database("later", crm, { publiclyAccessible: UNKNOWN }, network.public);
  const role = stack.add("aws:iam/role:Role", "both");
  stack.add("aws:ecs/taskDefinition:TaskDefinition", "erp", {
    executionRoleArn: arn(role),
    taskRoleArn: arn(role),
    containerDefinitions: UNKNOWN,
    volumes: [{ name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1" } }],
  });
  stack.add("aws:ecs/taskDefinition:TaskDefinition", "wiki", { volumes: UNKNOWN, taskRoleArn: UNKNOWN, executionRoleArn: arn(role) });
  stack.add("aws:lambda/function:Function", "thumbnails", { name: "thumbnails" });
  stack.add("aws:dynamodb/table:Table", "sessions");
  addServices(stack, network);
  return stack.resources;
}

/** What the rules about services and where they run read: as declared, on ECS, on Lambda and in a cluster. */
function addServices(stack: TestStack, network: TestNetwork): void {
  const declare = (name: string, inputs: Inputs): StackResource => stack.add("strata:service:Service", name, inputs);
  const demand = { start: 90_000, memory: 512 };
  declare("search", { target: "lambda", demand, monthlyUsd: { lambda: 90, ecs: 40 } });
  declare("later-search", { target: "lambda", demand: UNKNOWN, monthlyUsd: UNKNOWN });
  const chat = declare("chat", { target: "ecs", critical: true, ports: [{ port: 1883, protocol: "tcp" }] });
  const networkConfiguration = { assignPublicIp: true, subnets: [], securityGroups: [] };
  const tasks = stack.add("aws:ecs/service:Service", "chat", { desiredCount: 3, networkConfiguration }, chat);
  stack.add("aws:appautoscaling/target:Target", "chat", { resourceId: arn(tasks), minCapacity: 1 });
  stack.add("aws:ecs/service:Service", "unknown", { desiredCount: UNKNOWN, loadBalancers: UNKNOWN });
  stack.add("aws:lb/targetGroup:TargetGroup", "chat", { protocol: "HTTP" });
  stack.add("aws:lb/targetGroup:TargetGroup", "unknown", { protocol: "HTTP", healthCheck: UNKNOWN });
  stack.add("aws:ec2/launchTemplate:LaunchTemplate", "unknown", { networkInterfaces: UNKNOWN });
  const large = { "index.js": { bytes: 30_000_000, sha256: "00" } };
  stack.add("aws:lambda/function:Function", "large", { code: { assets: large } });
  // The nodes of a cluster let its pods in, which the provider of the objects is made for.
  const vpcConfig = { subnetIds: network.private.map(id), endpointPublicAccess: false };
  const cluster = stack.add("aws:eks/cluster:Cluster", "k8s", { vpcConfig });
  const provider = stack.add("pulumi:providers:kubernetes", "k8s", { kubeconfig: arn(cluster) });
  const erp = declare("erp", { target: "eks", critical: UNKNOWN });
  const spec = { template: { spec: { containers: [{ name: "erp", ports: [{ containerPort: 8080 }] }] } } };
  stack.addManaged(provider, "kubernetes:apps/v1:Deployment", "erp", { metadata: { name: "erp" }, spec }, erp);
  stack.addManaged(provider, "kubernetes:apps/v1:Deployment", "unknown", { metadata: { name: "unknown" }, spec: UNKNOWN });
  const [group, db] = [network.group("erp"), network.group("erp-db")];
  const groups = { podSelector: {}, securityGroups: { groupIds: [id(group)] } };
  stack.addManaged(provider, "kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy", "erp", { spec: groups }, erp);
  network.database("erp-db", db);
  network.allow(group, db, 5432);
}

/** What the provider would fill in, not known during a preview: no rule may take it for an unknown input. */
function asPreviewed(resources: readonly StackResource[]): StackResource[] {
  const computed: Record<string, Json> = {
    arn: UNKNOWN,
    ingress: UNKNOWN,
    egress: UNKNOWN,
    tagsAll: UNKNOWN,
    publiclyAccessible: UNKNOWN,
    volumes: UNKNOWN,
    desiredCount: UNKNOWN,
    minCapacity: UNKNOWN,
    healthCheck: UNKNOWN,
    networkInterfaces: UNKNOWN,
    code: UNKNOWN,
  };
  return resources.map((resource) => ({ ...resource, outputs: { ...computed, ...resource.outputs } }));
}

/** What the same rules say in this process, in the words of the engine. */
function inProcess(resources: readonly StackResource[]): Diagnostic[] {
  const { violations, notEvaluated, broken } = evaluate([architecture], resources);
  assert.deepEqual(broken, []);
  return [
    ...violations.map(({ rule, level, urn, message, fix }) => ({ rule, level, urn, message: failMessage(message, fix) })),
    ...notEvaluated.map(({ rule, urn, why }) => ({ rule, level: "advisory", urn, message: notEvaluatedMessage(why) })),
  ];
}

function sorted(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map((diagnostic) => JSON.stringify(diagnostic, ["rule", "level", "urn", "message"])).sort();
}

describe("the architecture pack in a process of its own", () => {
  let analyzer: Analyzer;
  before(async () => {
    analyzer = await Analyzer.start(PACK);
  });
  after(() => analyzer.stop());

  it("tells the engine its rules, their kind, their level and their settings", async () => {
    const info = await analyzer.info();
    assert.equal(info.getName(), "strata-architecture");
    const policies = info.getPoliciesList();
    assert.deepEqual(
      policies.map((policy) => policy.getName()),
      architecture.rules.map(({ id }) => id),
    );
    const state = policies.find((policy) => policy.getName() === "container-keeps-no-state");
    assert.equal(state?.getPolicyType(), PolicyType.POLICY_TYPE_RESOURCE);
    const { properties } = state?.getConfigschema()?.toObject() ?? {};
    assert.ok(JSON.stringify(properties).includes("strata:legacy"));
  });

  for (const known of [true, false]) {
    it(`says what the rules say in process, ids ${known ? "known" : "not known yet"}`, async () => {
      const resources = mixed(known);
      const diagnostics = await analyzer.analyze(resources);
      const kinds = new Set(diagnostics.map(({ rule, message }) => `${rule} ${message.startsWith("not evaluated")}`));
      for (const { id } of architecture.rules) assert.ok(kinds.has(`${id} false`), `${id} fails somewhere`);
      assert.deepEqual(sorted(diagnostics), sorted(inProcess(resources)));
    });
  }

  it("is not misled by what providers fill in, which a preview shows as unknown", async () => {
    const resources = mixed(false);
    const previewed = await analyzer.analyze(asPreviewed(resources));
    assert.deepEqual(sorted(previewed), sorted(inProcess(resources)));
  });

  it("takes levels and settings from the engine", async () => {
    const resources = mixed(true);
    await analyzer.configure({
      "store-is-not-reachable-from-internet": { level: "advisory" },
      "execution-role-is-not-task-role": { level: "disabled" },
      "container-keeps-no-state": { level: "mandatory", config: { legacyTag: "x" } },
    });
    const diagnostics = await analyzer.analyze(resources);
    const levels = (rule: string): string[] => [...new Set(diagnostics.filter((found) => found.rule === rule).map(({ level }) => level))];
    assert.deepEqual(levels("store-is-not-reachable-from-internet"), ["advisory"]);
    assert.deepEqual(levels("execution-role-is-not-task-role"), []);
    assert.ok(levels("container-keeps-no-state").includes("mandatory"));
  });
});

describe("a pack in a process of its own", () => {
  it("takes the level of all its rules from the environment, and refuses one that is none", async () => {
    const analyzer = await Analyzer.start(PACK, { [LEVEL_VARIABLE]: "advisory" });
    try {
      const diagnostics = await analyzer.analyze(mixed(true));
      assert.deepEqual([...new Set(diagnostics.map(({ level }) => level))], ["advisory"]);
    } finally {
      await analyzer.stop();
    }
    await assert.rejects(Analyzer.start(PACK, { [LEVEL_VARIABLE]: "loud" }), /"loud" is not an enforcement level/);
  });

  it("reports a rule that throws as broken, always stopping, and loses nothing else", async () => {
    const analyzer = await Analyzer.start(join(__dirname, "../broken-pack"));
    try {
      const resource = new TestStack().add("t:a", "x");
      const { urn } = resource;
      assert.deepEqual(await analyzer.analyze([resource]), [
        { rule: "throws", level: "mandatory", urn, message: brokenMessage("throws", "boom") },
        { rule: "fails", level: "advisory", urn, message: failMessage("wrong", "Nothing") },
        { rule: "stack-throws", level: "mandatory", urn: "", message: brokenMessage("stack-throws", "bang") },
        { rule: "stack-fails", level: "advisory", urn, message: failMessage("all wrong", "Nothing") },
      ]);
    } finally {
      await analyzer.stop();
    }
  });
});
