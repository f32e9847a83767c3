import assert from "node:assert/strict";
import { ConfigError, faultLine } from "../../../components/faults";
import { activeMqConfiguration } from "../../../components/persistence/activemq-configuration";
import { brokerFaults, type BrokerShape, type QueueGrant } from "../../../components/persistence/broker-checks";
import { MessageBroker, type MessageBrokerArgs } from "../../../components/persistence/message-broker";
import { Network } from "../../../components/network/network";
import { SECRET, type PlannedResource } from "../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../harness";
import { bound, groupOf, letIn } from "./bound";

const BROKER = "aws:mq/broker:Broker";
const CONFIGURATION = "aws:mq/configuration:Configuration";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-a111-111111111111";

const GRANTS: readonly QueueGrant[] = [
  { service: "billing", queue: "erp-postings", access: "publish" },
  { service: "legacy-erp", queue: "erp-postings", access: "consume" },
  { service: "warehouse", queue: "deliveries", access: "consume" },
];
const JOBS: readonly QueueGrant[] = [
  { service: "partners", queue: "jobs", access: "publish" },
  { service: "encoder", queue: "jobs", access: "consume" },
];

function args(change: Partial<MessageBrokerArgs> = {}): MessageBrokerArgs {
  return {
    context: TEST_CONTEXT,
    engine: "activemq",
    vpcId: "vpc-1",
    subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
    zones: 3,
    keyArn: KEY,
    instanceType: "mq.t3.micro",
    grants: GRANTS,
    ...change,
  };
}

const rabbit = (change: Partial<MessageBrokerArgs> = {}) =>
  args({ engine: "rabbitmq", instanceType: "mq.m7g.medium", grants: JOBS, ...change });
const DURABLE = { ...TEST_CONTEXT, durable: true };

async function broker(given: MessageBrokerArgs): Promise<PlannedResource[]> {
  return recordProgram((options) => new MessageBroker("mq", given, options));
}

describe("A broker on Amazon MQ", () => {
  it("is reachable from nowhere outside, encrypted with the customer's key, logged and kept up to date", async () => {
    const { inputs } = only(await broker(args()), BROKER);
    assert.equal(inputs["publiclyAccessible"], false);
    assert.deepEqual(inputs["encryptionOptions"], { useAwsOwnedKey: false, kmsKeyId: KEY });
    assert.deepEqual(inputs["logs"], { general: true, audit: true });
    assert.equal(inputs["autoMinorVersionUpgrade"], true);
    assert.deepEqual(only(await broker(rabbit()), BROKER).inputs["logs"], { general: true }, "RabbitMQ has no audit log");
  });

  it("may write its logs, which Amazon MQ cannot without a policy of CloudWatch Logs", async () => {
    const policy = JSON.parse(
      String(only(await broker(args()), "aws:cloudwatch/logResourcePolicy:LogResourcePolicy").inputs["policyDocument"]),
    ) as {
      Statement: unknown[];
    };
    assert.deepEqual(policy.Statement, [
      {
        Sid: "AmazonMq",
        Effect: "Allow",
        Principal: { Service: "mq.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "arn:aws:logs:us-east-1:111122223333:log-group:/aws/amazonmq/*",
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
  });

  it("is one broker where it may be lost, and several across zones where it must not", async () => {
    const deployed = async (given: MessageBrokerArgs) => {
      const { inputs, protect, retainOnDelete } = only(await broker(given), BROKER);
      return [inputs["deploymentMode"], inputs["subnetIds"], protect, retainOnDelete];
    };
    assert.deepEqual(await deployed(args()), ["SINGLE_INSTANCE", ["subnet-1"], false, undefined]);
    assert.deepEqual(await deployed(args({ context: DURABLE, instanceType: "mq.m5.large" })), [
      "ACTIVE_STANDBY_MULTI_AZ",
      ["subnet-1", "subnet-2"],
      true,
      true,
    ]);
    assert.deepEqual(await deployed(rabbit({ context: DURABLE, instanceType: "mq.m7g.large" })), [
      "CLUSTER_MULTI_AZ",
      ["subnet-1", "subnet-2", "subnet-3"],
      true,
      true,
    ]);
  });

  it("has a user for each service on ActiveMQ, in a group of its own, and none who may open the console", async () => {
    const users = only(await broker(args()), BROKER).inputs["users"] as Record<string, unknown>[];
    assert.deepEqual(
      users.map(({ username, groups, consoleAccess }) => [username, groups, consoleAccess]),
      ["billing", "legacy-erp", "warehouse"].map((service) => [service, [service, "_services"], false]),
    );
  });

  it("shows no password: each is marked secret, in the broker and in Secrets Manager, and made anew on demand", async () => {
    const resources = await broker(args({ passwordGeneration: "2" }));
    const made = resources.filter(({ type }) => type === "random:index/randomPassword:RandomPassword");
    assert.equal(made.length, 3);
    for (const { inputs, outputs } of made) {
      assert.deepEqual(inputs["keepers"], { generation: "2" });
      // What it came to is kept nowhere: whatever is made of it carries the mark on.
      assert.equal(outputs["result"], SECRET);
    }
    for (const user of only(resources, BROKER).inputs["users"] as Record<string, unknown>[]) assert.equal(user["password"], SECRET);
    for (const { inputs } of resources.filter(({ type }) => type === "aws:secretsmanager/secretVersion:SecretVersion"))
      assert.equal(inputs["secretString"], SECRET);
  });

  it("hands a transform to each child", async () => {
    const bent = { tags: { bent: "yes" } };
    const resources = await broker(args({ transform: { broker: bent, configuration: bent, securityGroup: bent } }));
    for (const type of [BROKER, CONFIGURATION, "aws:ec2/securityGroup:SecurityGroup"])
      assert.deepEqual(only(resources, type).inputs["tags"], bent.tags, type);
  });

  describe("bound to services", () => {
    const postings = () =>
      bound(({ options, keyArn }) => {
        const mq = new MessageBroker("mq", args({ keyArn, context: DURABLE, instanceType: "mq.m5.large" }), options);
        return [
          { service: "billing", store: mq.queue("erp-postings"), access: "publish" },
          { service: "legacy-erp", store: mq.queue("erp-postings"), access: "consume" },
          { service: "warehouse", store: mq.queue("deliveries"), access: "consume" },
        ];
      });

    it("says where both brokers are, the queue, and the secret of the service's own user", async () => {
      const { variables } = (await postings()).of("billing", "publish");
      assert.equal(variables["ERP_POSTINGS_QUEUE"], "erp-postings");
      const [, list] = /^failover:\((.+)\)$/.exec(String(variables["ERP_POSTINGS_QUEUE_BROKER_URL"])) ?? [];
      const hosts = String(list)
        .split(",")
        .map((url) => new URL(url));
      assert.deepEqual(
        hosts.map(({ protocol, port }) => [protocol, port]),
        [
          ["ssl:", "61617"],
          ["ssl:", "61617"],
        ],
      );
      assert.match(String(variables["ERP_POSTINGS_QUEUE_SECRET_ARN"]), /:secret:test\/mq-billing\//);
    });

    it("lets a service read its own secret and decrypt it, and no sibling's", async () => {
      const { of, resources } = await postings();
      const secret = (service: string) => String(only(resources, "aws:secretsmanager/secret:Secret", `mq-${service}`).outputs["arn"]);
      const { may, variables } = of("billing", "publish");
      assert.equal(variables["ERP_POSTINGS_QUEUE_SECRET_ARN"], secret("billing"));
      assert.ok(await may("secretsmanager:GetSecretValue", secret("billing")));
      assert.ok(!(await may("secretsmanager:GetSecretValue", secret("legacy-erp"))));
      assert.ok(!(await may("secretsmanager:PutSecretValue", secret("billing"))));
      const key = String(only(resources, "aws:kms/key:Key").outputs["arn"]);
      assert.ok(!(await may("kms:Decrypt", key)), "not without naming the secret");
    });

    it("lets in exactly the services with a queue, on OpenWire's port", async () => {
      const { resources } = await postings();
      assert.deepEqual(letIn(resources, groupOf(resources, "mq")), ["sg-billing:61617", "sg-legacy-erp:61617", "sg-warehouse:61617"]);
    });

    it("gives RabbitMQ's address on AMQP's port, with the broker's one login", async () => {
      const { of, resources } = await bound(({ options, keyArn }) => {
        const mq = new MessageBroker("jobs-mq", rabbit({ keyArn }), options);
        return JOBS.map(({ service, queue, access }) => ({ service, store: mq.queue(queue), access }));
      });
      const { variables } = of("partners", "publish");
      const url = new URL(String(variables["JOBS_QUEUE_BROKER_URL"]));
      assert.deepEqual([url.protocol, url.port], ["amqps:", "5671"]);
      assert.equal(variables["JOBS_QUEUE_SECRET_ARN"], of("encoder", "consume").variables["JOBS_QUEUE_SECRET_ARN"]);
      assert.deepEqual(letIn(resources, groupOf(resources, "jobs-mq")), ["sg-encoder:5671", "sg-partners:5671"]);
      assert.equal(resources.filter(({ type }) => type === CONFIGURATION).length, 0);
    });

    it("refuses what was not granted", async () => {
      const asking = (queue: string, service: string, access: "publish" | "consume" | "read") =>
        bound(({ options }) => [{ service, store: new MessageBroker("mq", args(), options).queue(queue), access }]);
      await assert.rejects(asking("erp-postings", "billing", "consume"), /billing cannot consume queue erp-postings/);
      await assert.rejects(asking("erp-postings", "billing", "read"), /billing cannot read queue erp-postings/);
      await assert.rejects(asking("other", "billing", "publish"), /mq has no queue other/);
    });

    it("can start a function, whose pollers stand in the broker's own group", async () => {
      let source: unknown;
      const resources = await recordProgram((options) => {
        const network = new Network(
          "network",
          {
            cidr: "10.0.0.0/16",
            availabilityZones: ["us-east-1a", "us-east-1b"],
            region: "us-east-1",
            nat: "single",
            gatewayEndpoints: [],
            interfaceEndpoints: [],
            flowLogDays: 1,
            durable: false,
          },
          options,
        );
        const mq = new MessageBroker("mq", args(), options);
        source = mq.source("erp-postings", "legacy-erp", network);
        mq.source("erp-postings", "legacy-erp", network);
      });
      assert.deepEqual([(source as { kind: string }).kind, (source as { queue: string }).queue], ["activemq", "erp-postings"]);
      const group = groupOf(resources, "mq");
      assert.deepEqual(letIn(resources, group), [`${group}:61617`]);
    });

    it("is the same for a broker that exists already, of which nothing is made", async () => {
      const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:old-abc123";
      const { of, resources } = await bound(() => {
        const mq = MessageBroker.adopt("old", {
          engine: "activemq",
          url: "ssl://mq.old:61617",
          securityGroupId: "sg-old",
          login: { secretArn, keyArn: KEY },
        });
        return [{ service: "billing", store: mq.queue("erp-postings"), access: "publish" }];
      });
      const { variables, may } = of("billing", "publish");
      assert.equal(variables["ERP_POSTINGS_QUEUE_BROKER_URL"], "ssl://mq.old:61617");
      assert.ok(await may("secretsmanager:GetSecretValue", secretArn));
      assert.deepEqual(letIn(resources, "sg-old"), ["sg-billing:61617"]);
      assert.equal(resources.filter(({ type }) => type.startsWith("aws:mq") || type.startsWith("random")).length, 0);
    });
  });

  describe("checked before AWS is asked", () => {
    const shape = (change: Partial<BrokerShape> = {}): BrokerShape => ({
      name: "mq",
      durable: true,
      engine: "activemq",
      instanceType: "mq.m5.large",
      instances: 2,
      zones: 3,
      grants: GRANTS,
      ...change,
    });
    const lines = (change: Partial<BrokerShape>) => brokerFaults("broker mq", shape(change)).map(faultLine);

    it("finds nothing wrong with what works", () => {
      assert.deepEqual(lines({}), []);
      assert.deepEqual(lines({ durable: false, instances: 1, instanceType: "mq.t3.micro" }), []);
      assert.deepEqual(lines({ engine: "rabbitmq", instances: 3, instanceType: "mq.m7g.large", grants: JOBS }), []);
    });

    for (const [what, change, line] of [
      ["one broker in a durable environment", { instances: 1 }, /single point of failure.*give 2/],
      ["a number of brokers that the engine does not have", { instances: 3 }, /instances: is not a number of brokers.*give 1 or 2/],
      ["more brokers than zones", { zones: 1 }, /instances: needs each broker in a zone of its own/],
      [
        "a type of another engine",
        { instanceType: "mq.m7g.large" },
        /instanceType: is an instance type that does not exist or does not fit ActiveMQ/,
      ],
      ["a type that is too small for a pair", { instanceType: "mq.t3.micro" }, /instanceType: is too small/],
      ["no queue", { grants: [] }, /has no queue that a service needs/],
      [
        "two queues behind RabbitMQ's only login",
        { engine: "rabbitmq", instances: 3, instanceType: "mq.m7g.large" },
        /behind the only login/,
      ],
      ["an identifier that is too long", { name: "m".repeat(43) }, /identifier that is too long.*at most 42/],
      ["a user with a name of one letter", { grants: [{ service: "a", queue: "q", access: "publish" }] }, /name Amazon MQ refuses/],
    ] as const)
      it(`refuses ${what}`, () => {
        assert.match(lines(change).join("\n"), line);
      });

    it("makes nothing when something is wrong", async () => {
      await assert.rejects(broker(args({ context: DURABLE })), ConfigError);
    });
  });

  describe("configured for ActiveMQ", () => {
    it("declares each queue with its own dead letters, and lets in only who was granted", () => {
      const xml = activeMqConfiguration(GRANTS);
      for (const queue of ["erp-postings", "deliveries", "DLQ.erp-postings", "DLQ.deliveries"])
        assert.ok(xml.includes(`<queue physicalName="${queue}"/>`), queue);
      assert.ok(xml.includes('<authorizationEntry queue="erp-postings" read="legacy-erp" write="billing" admin="_nobody"/>'));
      assert.ok(xml.includes('<authorizationEntry queue="deliveries" read="warehouse" write="_nobody" admin="_nobody"/>'));
      assert.ok(xml.includes('<authorizationEntry queue="&gt;" read="_nobody" write="_nobody" admin="_nobody"/>'));
    });

    it("is the same however the grants are ordered, so that nothing restarts the broker but a change", () => {
      assert.equal(activeMqConfiguration([...GRANTS].reverse()), activeMqConfiguration(GRANTS));
    });

    it("has only elements that Amazon MQ permits", () => {
      const permitted = new Set(
        "broker destinationPolicy policyMap policyEntries policyEntry deadLetterStrategy individualDeadLetterStrategy destinations queue plugins authorizationPlugin map authorizationMap authorizationEntries authorizationEntry".split(
          " ",
        ),
      );
      for (const [, element] of activeMqConfiguration(GRANTS).matchAll(/<([a-zA-Z]+)/g)) assert.ok(permitted.has(String(element)), element);
    });
  });
});
