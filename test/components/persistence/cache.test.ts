import assert from "node:assert/strict";
import fc from "fast-check";
import { ConfigError, faultLine } from "../../../components/faults";
import { Cache, type CacheArgs } from "../../../components/persistence/cache";
import { type CacheCapacity, cacheFaults, cacheId } from "../../../components/persistence/cache-checks";
import { price } from "../../../facts/prices/price";
import { SERVERLESS_CACHE_LEAST_GB } from "../../../facts/prices/messaging";
import { SECRET, type PlannedResource } from "../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../harness";
import { bound, groupOf, letIn } from "./bound";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const SERVERLESS = "aws:elasticache/serverlessCache:ServerlessCache";
const USER = "aws:elasticache/user:User";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-a111-111111111111";

const PAY_AS_USED: CacheCapacity = { kind: "serverless", maximumGb: 1, maximumEcpu: 1_000 };
const PAIR: CacheCapacity = { kind: "nodes", nodeType: "cache.m7g.large", nodes: 2, snapshotDays: 1 };
const ONE: CacheCapacity = { kind: "nodes", nodeType: "cache.t4g.micro", nodes: 1, snapshotDays: 0 };
const DURABLE = { ...TEST_CONTEXT, durable: true };

function args(change: Partial<CacheArgs> = {}): CacheArgs {
  return {
    context: TEST_CONTEXT,
    vpcId: "vpc-1",
    subnetIds: ["subnet-1", "subnet-2"],
    keyArn: KEY,
    capacity: PAY_AS_USED,
    logs: { retentionDays: 7, keyArn: KEY },
    ...change,
  };
}

async function cache(given: CacheArgs): Promise<PlannedResource[]> {
  return recordProgram((options) => new Cache("cache", given, options));
}

describe("A cache on ElastiCache", () => {
  it("speaks TLS only, is encrypted with the customer's key, and logs slow commands and the engine", async () => {
    const { inputs } = only(await cache(args({ capacity: ONE })), GROUP);
    assert.deepEqual(
      [inputs["transitEncryptionEnabled"], inputs["transitEncryptionMode"], inputs["atRestEncryptionEnabled"], inputs["kmsKeyId"]],
      [true, "required", true, KEY],
    );
    assert.deepEqual(
      (inputs["logDeliveryConfigurations"] as { logType: string; destinationType: string }[]).map(({ logType, destinationType }) => [
        logType,
        destinationType,
      ]),
      [
        ["slow-log", "cloudwatch-logs"],
        ["engine-log", "cloudwatch-logs"],
      ],
    );
  });

  it("fails over to another zone in a durable environment, and leaves a last snapshot of a name that was never used", async () => {
    const named = async (given: CacheArgs) => only(await cache(given), GROUP).inputs["finalSnapshotIdentifier"];
    const { inputs, protect, retainOnDelete } = only(await cache(args({ context: DURABLE, capacity: PAIR })), GROUP);
    assert.deepEqual([inputs["multiAzEnabled"], inputs["automaticFailoverEnabled"], inputs["numCacheClusters"]], [true, true, 2]);
    assert.deepEqual([protect, retainOnDelete, inputs["snapshotRetentionLimit"]], [true, true, 1]);
    const first = await named(args({ context: DURABLE, capacity: PAIR }));
    assert.match(String(first), /^cache-final-[0-9a-f]{16}$/);
    assert.notEqual(await named(args({ context: DURABLE, capacity: PAIR, keyArn: KEY.replace("1111-4", "2222-4") })), first);
    assert.equal(await named(args({ capacity: ONE })), undefined);
  });

  it("can be one node, or none to choose, where it may be lost", async () => {
    const { inputs } = only(await cache(args({ capacity: ONE })), GROUP);
    assert.deepEqual([inputs["multiAzEnabled"], inputs["automaticFailoverEnabled"]], [false, false]);
    const serverless = only(await cache(args()), SERVERLESS);
    assert.deepEqual(serverless.inputs["cacheUsageLimits"], {
      dataStorage: { maximum: 1, unit: "GB" },
      ecpuPerSeconds: [{ maximum: 1_000 }],
    });
    assert.equal(serverless.inputs["kmsKeyId"], KEY);
  });

  it("costs least without nodes, which is why an environment to try things in gets that", () => {
    const storage = price("elasticache.valkey.serverless.storage", "us-east-1")?.usd ?? Number.NaN;
    const smallest = price("elasticache.valkey.cache.t4g.micro", "us-east-1")?.usd ?? Number.NaN;
    assert.ok(storage * SERVERLESS_CACHE_LEAST_GB.value * 730 < smallest * 730);
  });

  it("lets nobody in without a user of its own: the default user is off", async () => {
    const { inputs } = only(await cache(args()), USER);
    assert.deepEqual([inputs["userName"], inputs["accessString"]], ["default", "off resetchannels -@all"]);
    assert.deepEqual((inputs["authenticationMode"] as { passwords: unknown }).passwords, [SECRET]);
  });

  it("starts with a snapshot where one is given", async () => {
    const restoreFrom = { snapshot: "arn:aws:elasticache:us-east-1:111122223333:snapshot:before" };
    assert.equal(only(await cache(args({ capacity: ONE, restoreFrom })), GROUP).inputs["snapshotName"], restoreFrom.snapshot);
    assert.deepEqual(only(await cache(args({ restoreFrom })), SERVERLESS).inputs["snapshotArnsToRestores"], [restoreFrom.snapshot]);
  });

  it("hands a transform to each child", async () => {
    const bent = { tags: { bent: "yes" } };
    const transform = { replicationGroup: bent, serverless: bent, securityGroup: bent };
    for (const [capacity, type] of [[ONE, GROUP] as const, [PAY_AS_USED, SERVERLESS] as const]) {
      const resources = await cache(args({ capacity, transform }));
      assert.deepEqual(only(resources, type).inputs["tags"], bent.tags);
      assert.deepEqual(only(resources, "aws:ec2/securityGroup:SecurityGroup").inputs["tags"], bent.tags);
    }
  });

  describe("bound to services", () => {
    const everyone = (capacity: CacheCapacity) =>
      bound(({ options, keyArn }) => {
        const made = new Cache("cache", args({ capacity, keyArn }), options);
        return [
          { service: "chat-gateway", store: made.prefix("chat"), access: "write" },
          { service: "recommendations", store: made.prefix("recommendations"), access: "write" },
          { service: "chat-gateway", store: made.prefix("recommendations"), access: "read" },
        ];
      });

    for (const [capacity, type, login] of [[PAIR, GROUP, "iam"] as const, [PAY_AS_USED, SERVERLESS, "iam-serverless"] as const])
      it(`says where it is and who the service is (${capacity.kind})`, async () => {
        const { of, resources } = await everyone(capacity);
        const { variables } = of("chat-gateway", "write");
        assert.match(String(variables["CHAT_CACHE_HOST"]), /\.cache\.amazonaws\.com$/);
        assert.match(String(variables["CHAT_CACHE_READER_HOST"]), /\.cache\.amazonaws\.com$/);
        const cacheName = only(resources, type).outputs[type === GROUP ? "replicationGroupId" : "name"];
        assert.deepEqual(
          ["PORT", "TLS", "PREFIX", "LOGIN", "NAME", "USER"].map((end) => variables[`CHAT_CACHE_${end}`]),
          ["6379", "true", "chat:", login, cacheName, only(resources, USER, "cache-chat-gateway.chat").outputs["userId"]],
        );
      });

    it("makes a user a service and prefix, whose id is its name, proven by IAM and let into the group", async () => {
      const { resources } = await everyone(PAIR);
      const { inputs } = only(resources, USER, "cache-chat-gateway.chat");
      assert.match(String(inputs["userId"]), /^test-cache-chat-gateway-chat-[0-9a-f]{8}$/);
      assert.equal(inputs["userName"], inputs["userId"]);
      assert.deepEqual(inputs["authenticationMode"], { type: "iam" });
      assert.match(String(inputs["accessString"]), /^on resetchannels &chat:\* ~chat:\* -@all /);
      const joined = only(resources, "aws:elasticache/userGroupAssociation:UserGroupAssociation", "cache-chat-gateway.chat").inputs;
      assert.deepEqual([joined["userGroupId"], joined["userId"]], ["test-cache", inputs["userId"]]);
    });

    for (const capacity of [PAIR, PAY_AS_USED])
      it(`lets a service connect as its own user and as nobody else (${capacity.kind})`, async () => {
        const { of, resources } = await everyone(capacity);
        const { may } = of("chat-gateway", "write");
        const user = (name: string) => String(only(resources, USER, `cache-${name}`).outputs["arn"]);
        const self = only(resources, capacity.kind === "nodes" ? GROUP : SERVERLESS).outputs["arn"];
        assert.ok(await may("elasticache:Connect", user("chat-gateway.chat")));
        assert.ok(await may("elasticache:Connect", String(self)));
        assert.ok(!(await may("elasticache:Connect", user("recommendations.recommendations"))));
        assert.ok(!(await may("elasticache:Connect", user("default"))));
      });

    it("lets in exactly the services with a prefix, each once", async () => {
      const { resources } = await everyone(PAIR);
      assert.deepEqual(letIn(resources, groupOf(resources, "cache")), ["sg-chat-gateway:6379", "sg-recommendations:6379"]);
    });

    it("waits for the rules, the cache and the user's place in the group", async () => {
      const { of } = await everyone(PAIR);
      assert.equal(of("chat-gateway", "write").binding.ready.length, 4);
    });

    it("is the same for a cache that exists already, of which nothing is made", async () => {
      const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:old-abc123";
      const { of, resources } = await bound(() => {
        const old = Cache.adopt("old", {
          host: "redis.old",
          readerHost: "redis.old",
          port: 6380,
          tls: true,
          securityGroupId: "sg-old",
          login: { kind: "secret", secretArn, keyArn: KEY },
        });
        return [{ service: "chat-gateway", store: old.prefix("chat"), access: "write" }];
      });
      const { variables, may } = of("chat-gateway", "write");
      assert.deepEqual(
        [variables["CHAT_CACHE_HOST"], variables["CHAT_CACHE_PORT"], variables["CHAT_CACHE_LOGIN"]],
        ["redis.old", "6380", "secret"],
      );
      assert.ok(await may("secretsmanager:GetSecretValue", secretArn));
      assert.deepEqual(letIn(resources, "sg-old"), ["sg-chat-gateway:6380"]);
      assert.equal(resources.filter(({ type }) => type.startsWith("aws:elasticache")).length, 0);
    });

    it("refuses an access that a prefix does not have", async () => {
      await assert.rejects(
        bound(({ options }) => [{ service: "chat", store: new Cache("cache", args(), options).prefix("chat"), access: "publish" }]),
        /chat cannot publish cache chat/,
      );
    });
  });

  describe("checked before AWS is asked", () => {
    const lines = (capacity: CacheCapacity, durable = false, name = "cache") =>
      cacheFaults("cache", { name, durable, capacity }).map(faultLine).join("\n");

    it("finds nothing wrong with what works", () => {
      assert.equal(lines(PAIR, true) + lines(ONE) + lines(PAY_AS_USED, true), "");
    });

    it("refuses what AWS would refuse, or take and regret", () => {
      assert.match(lines({ ...PAIR, nodes: 1 }, true), /nodes: is one node where Multi-AZ with failover is wanted.*at least 2/);
      assert.match(lines({ ...PAIR, nodes: 7 }), /nodes: is out of range.*1 to 6/);
      assert.match(lines({ ...PAIR, nodeType: "cache.t4g.micro" }, true), /nodeType: is burstable/);
      assert.match(lines({ ...PAIR, nodeType: "cache.x9" }), /nodeType: is a node type that does not exist/);
      assert.match(lines({ ...PAY_AS_USED, maximumGb: 0 }), /maximumGb: is out of range/);
      assert.match(lines({ ...PAY_AS_USED, maximumEcpu: 10 }), /maximumEcpu: is out of range.*1000 to 15000000/);
      assert.match(lines(PAY_AS_USED, false, "c".repeat(33)), /identifier that is too long.*at most 32/);
    });

    it("makes nothing when something is wrong", async () => {
      await assert.rejects(cache(args({ context: DURABLE, capacity: ONE })), ConfigError);
    });

    it("gives every user an id that ElastiCache takes, and two users never the same", () => {
      const part = fc.stringMatching(/^[a-z]([a-z0-9-]{0,29}[a-z0-9])?$/);
      fc.assert(
        fc.property(part, part, part, part, (service, prefix, otherService, otherPrefix) => {
          const id = cacheId("prod", service, prefix);
          assert.match(id, /^[a-z]([a-z0-9]|-(?!-))*$/);
          assert.ok(id.length <= 40 && !id.endsWith("-"));
          if (service !== otherService || prefix !== otherPrefix) assert.notEqual(cacheId("prod", otherService, otherPrefix), id);
        }),
      );
      assert.notEqual(cacheId("prod", "chat-gateway", "chat"), cacheId("prod", "chat", "gateway-chat"));
    });
  });
});
