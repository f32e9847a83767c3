import assert from "node:assert/strict";
import { EcsCluster } from "../../../components/compute/ecs-cluster";
import { Network } from "../../../components/network/network";
import { SelfManagedCache, type SelfManagedCacheArgs } from "../../../components/persistence/self-managed-cache";
import { type PlannedResource, SECRET } from "../../../plan/graph";
import { only, TEST_CONTEXT } from "../../harness";
import { bound, groupOf, letIn, type Making } from "./bound";

const SERVICE = "aws:ecs/service:Service";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";

const GRANTS: SelfManagedCacheArgs["grants"] = [
  { service: "chat-gateway", prefix: "chat", access: "write" },
  { service: "recommendations", prefix: "recommendations", access: "read" },
];

function server({ options, keyArn }: Making, change: Partial<SelfManagedCacheArgs> = {}): SelfManagedCache {
  const network = new Network(
    "network",
    {
      cidr: "10.0.0.0/16",
      availabilityZones: ["us-east-1a", "us-east-1b"],
      region: "us-east-1",
      nat: "single",
      gatewayEndpoints: ["s3"],
      interfaceEndpoints: [],
      flowLogDays: 1,
      durable: false,
    },
    options,
  );
  const cluster = new EcsCluster("containers", { containerInsights: "disabled", execLogGroup: "exec", keyArn }, options);
  return new SelfManagedCache(
    "cache",
    {
      context: TEST_CONTEXT,
      network,
      cluster,
      size: { cpu: 256, memory: 1024 },
      grants: GRANTS,
      keyArn,
      logs: { retentionDays: 7, keyArn },
      ...change,
    },
    options,
  );
}

const everyone = (change: Partial<SelfManagedCacheArgs> = {}) =>
  bound((made) => {
    const cache = server(made, change);
    return GRANTS.map(({ service, prefix, access }) => ({ service, store: cache.prefix(prefix), access }));
  });

interface Container {
  readonly command: readonly string[];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly readonlyRootFilesystem: boolean;
  readonly mountPoints: readonly unknown[];
}

function container(resources: readonly PlannedResource[]): Container {
  const [only_] = JSON.parse(String(only(resources, TASK).inputs["containerDefinitions"])) as Container[];
  assert.ok(only_);
  return only_;
}

describe("A cache of our own on the container platform", () => {
  it("is one task without a disk, and never two at once", async () => {
    const { resources } = await everyone();
    const { inputs } = only(resources, SERVICE);
    assert.deepEqual([inputs["desiredCount"], inputs["deploymentMinimumHealthyPercent"], inputs["deploymentMaximumPercent"]], [1, 0, 100]);
    const { readonlyRootFilesystem, mountPoints } = container(resources);
    assert.deepEqual([readonlyRootFilesystem, mountPoints], [true, []]);
  });

  it("keeps nothing and knows each service's user by the hash of its password", async () => {
    const { resources } = await everyone();
    const [configuration] = container(resources).environment;
    assert.equal(configuration?.name, "CACHE_CONFIGURATION");
    const lines = String(configuration?.value).split("\n");
    for (const line of ['save ""', "appendonly no", "maxmemory 768mb", "user default off resetchannels -@all"])
      assert.ok(lines.includes(line), line);
    const users = lines.filter((line) => line.startsWith("user ") && !line.startsWith("user default"));
    assert.deepEqual(
      users.map((line) => line.replace(/#[0-9a-f]{64} .*/, "#hash")),
      ["user chat-gateway.chat #hash", "user recommendations.recommendations #hash"],
    );
  });

  it("shows no password anywhere", async () => {
    const { resources } = await everyone();
    const passwords = resources.filter(({ type }) => type.startsWith("random:")).map(({ outputs }) => outputs["result"]);
    assert.deepEqual(passwords, [SECRET, SECRET]);
    const kept = resources.filter(({ type }) => type === "aws:secretsmanager/secretVersion:SecretVersion");
    assert.equal(kept.length, 2);
    for (const { inputs, name } of kept) assert.equal(inputs["secretString"], SECRET, name);
  });

  it("is found by a name inside the VPC, with a login in Secrets Manager that only its service may read", async () => {
    const { of, resources } = await everyone();
    const { variables, may } = of("chat-gateway", "write");
    assert.deepEqual(
      ["HOST", "READER_HOST", "PORT", "TLS", "PREFIX", "LOGIN"].map((end) => variables[`CHAT_CACHE_${end}`]),
      [variables["CHAT_CACHE_HOST"], variables["CHAT_CACHE_HOST"], "6379", "false", "chat:", "secret"],
    );
    assert.match(String(variables["CHAT_CACHE_HOST"]), /^server\.cache\.test\.internal$/);
    const secret = (service: string) => String(only(resources, "aws:secretsmanager/secret:Secret", `cache-${service}`).outputs["arn"]);
    assert.ok(await may("secretsmanager:GetSecretValue", secret("chat-gateway.chat")));
    assert.ok(!(await may("secretsmanager:GetSecretValue", secret("recommendations.recommendations"))));
  });

  it("lets in exactly the services with a prefix", async () => {
    const { resources } = await everyone();
    assert.deepEqual(letIn(resources, groupOf(resources, "cache")), ["sg-chat-gateway:6379", "sg-recommendations:6379"]);
  });

  it("refuses what was not granted", async () => {
    await assert.rejects(
      bound((made) => [{ service: "chat-gateway", store: server(made).prefix("other"), access: "write" }]),
      /cache does not let chat-gateway write other/,
    );
  });

  it("hands a transform to each child", async () => {
    const bent = { tags: { bent: "yes" } };
    const { resources } = await everyone({ transform: { service: bent, securityGroup: bent } });
    assert.deepEqual(only(resources, SERVICE).inputs["tags"], bent.tags);
    assert.deepEqual(only(resources, "aws:ec2/securityGroup:SecurityGroup", "cache").inputs["tags"], bent.tags);
  });
});
