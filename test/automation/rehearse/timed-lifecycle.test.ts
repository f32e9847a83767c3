import assert from "node:assert/strict";
import { durationOf } from "../../../facts/durations";
import { type BehaviourInput } from "../../../automation/rehearse/behaviour";
import { fillBucket } from "../../../automation/rehearse/drift";
import { makespan } from "../../../automation/rehearse/operations";
import { type Failure, SimulatedProvider } from "./simulated-provider";

const KAFKA = "aws:msk/cluster:Cluster";
const TOPIC = "aws:sns/topic:Topic";
const ROLE = "aws:iam/role:Role";
const FUNCTION = "aws:lambda/function:Function";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EIP = "aws:ec2/eip:Eip";
const BUCKET = "aws:s3/bucket:Bucket";

describe("the simulated cloud", () => {
  const providers: SimulatedProvider[] = [];
  const provide = (behaviour: BehaviourInput = {}): SimulatedProvider => {
    const provider = new SimulatedProvider(behaviour);
    providers.push(provider);
    return provider;
  };
  afterEach(() => providers.splice(0).forEach((provider) => provider.dispose()));

  describe("takes time", () => {
    it("as long as facts say, and says when each operation began and ended", async () => {
      const provider = provide();
      await provider.create(KAFKA, "kafka");
      const [operation] = provider.operations();
      assert.equal(operation?.begin, 0);
      assert.equal(operation?.end, durationOf(KAFKA, {}, "create").minutes);
    });

    it("once for what is made at the same time", async () => {
      const provider = provide();
      await Promise.all(["one", "two", "three"].map((name) => provider.create(KAFKA, name)));
      assert.equal(makespan(provider.operations()), durationOf(KAFKA, {}, "create").minutes);
    });

    it("and leaves what it had begun when its process is killed: the slow there already, the quick not yet", () => {
      const provider = provide();
      const begun = [provider.create(KAFKA, "kafka"), provider.create(TOPIC, "topic")];
      return new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
        assert.deepEqual(
          provider.cloud.list().map(({ type }) => type),
          [KAFKA],
        );
        assert.deepEqual(
          provider.operations().map(({ end }) => end),
          [undefined, undefined],
        );
        await Promise.all(begun);
      });
    });

    it("until it is cancelled: the engine then learns of what there is already", async () => {
      const provider = provide({ faults: [{ type: KAFKA, at: "hang" }] });
      const failed = provider.failToCreate(KAFKA, "kafka");
      await new Promise((resolve) => setTimeout(resolve, 50));
      await provider.cancel();
      assert.equal((await failed).made, provider.cloud.list()[0]?.id);
    });
  });

  describe("fails", () => {
    const fail = async (provider: SimulatedProvider, name = "alarms"): Promise<Failure> => provider.failToCreate(TOPIC, name);

    it("before anything was made, in the words of AWS", async () => {
      const provider = provide({ faults: [{ type: "aws:sns/*" }] });
      const { message, made } = await fail(provider);
      assert.match(
        message,
        /^operation error SNS: CreateTopic, .* StatusCode: 503, RequestID: [0-9a-f-]{36}, api error ServiceUnavailable: /,
      );
      assert.equal(made, undefined);
      assert.deepEqual(provider.cloud.list(), []);
      assert.equal(provider.operations()[0]?.error, message);
    });

    it("after it was made, and the provider knows what", async () => {
      const provider = provide({ faults: [{ at: "after", error: "timeout while waiting for state" }] });
      const { message, made } = await fail(provider);
      assert.equal(message, "timeout while waiting for state");
      assert.equal(made, provider.cloud.list()[0]?.id);
    });

    it("after it was made, and nobody knows", async () => {
      const provider = provide({ faults: [{ at: "lost", error: "connection reset" }] });
      assert.deepEqual(await fail(provider), { message: "connection reset" });
      assert.equal(provider.cloud.list().length, 1);
    });

    it("once for each type, also when the provider is started again", async () => {
      const provider = provide({ faults: [{ occurs: "once-per-type" }] });
      await fail(provider);
      await provider.failToCreate(KAFKA, "kafka");
      provider.restart();
      await provider.create(TOPIC, "alarms");
      await provider.create(KAFKA, "kafka");
    });

    it("the nth time", async () => {
      const provider = provide({ faults: [{ type: TOPIC, occurs: { nth: 2 } }] });
      await provider.create(TOPIC, "one");
      await fail(provider, "two");
      await provider.create(TOPIC, "two");
    });

    it("by chance, and the same seed strikes the same resources in whatever order", async () => {
      const names = Array.from({ length: 40 }, (_, index) => `topic-${index}`);
      const struck = async (seed: string, order: readonly string[]): Promise<string[]> => {
        const provider = provide({ faults: [{ occurs: { probability: 0.3, seed } }] });
        const results = await Promise.allSettled(order.map((name) => provider.create(TOPIC, name)));
        return order.filter((_, index) => results[index]?.status === "rejected").sort();
      };
      const first = await struck("a", names);
      assert.ok(first.length > 3 && first.length < 25, String(first.length));
      assert.deepEqual(await struck("a", [...names].reverse()), first);
      assert.notDeepEqual(await struck("b", names), first);
    });

    it("to delete, to read or to change where it is told to", async () => {
      const provider = provide({
        faults: (["read", "update", "delete"] as const).map((operation) => ({ operation, error: `no ${operation}` })),
      });
      const id = await provider.create(TOPIC, "alarms");
      await assert.rejects(provider.read(TOPIC, "alarms", id), /^Error: no read$/);
      await assert.rejects(provider.update(TOPIC, "alarms", id, {}), /^Error: no update$/);
      assert.equal((await provider.failToDelete(TOPIC, "alarms", id)).message, "no delete");
    });
  });

  describe("refuses", () => {
    it("more of a type than its quota", async () => {
      const provider = provide({ quotas: { [EIP]: 2 } });
      await provider.create(EIP, "one");
      await provider.create(EIP, "two");
      assert.match(
        (await provider.failToCreate(EIP, "three")).message,
        /AddressLimitExceeded: The maximum number of addresses has been reached\.$/,
      );
      await provider.create(TOPIC, "other");
    });

    it("calls that come too fast, and takes them later", async () => {
      const provider = provide({ throttling: { sns: { burst: 2, perSecond: 1 } } });
      await Promise.all(Array.from({ length: 6 }, (_, index) => provider.create(TOPIC, `topic-${index}`)));
      const least = durationOf(TOPIC, {}, "create").minutes + 4 / 60;
      assert.ok(makespan(provider.operations()) >= least - 1e-9, String(makespan(provider.operations())));
      assert.equal(provider.cloud.list().length, 6);
    });

    it("calls that come too fast for good once the provider has asked often enough", async () => {
      const provider = provide({ throttling: { ec2: { burst: 1, perSecond: 0.0001, attempts: 3 } } });
      await provider.create(EIP, "one");
      assert.match((await provider.failToCreate(EIP, "two")).message, /RequestLimitExceeded: Request limit exceeded\.$/);
    });

    it("a role that is too new, for as long as the provider asks again", async () => {
      const role = "arn:aws:iam::000000000000:role/worker";
      const usable = async (roleSeconds: number): Promise<SimulatedProvider> => {
        const provider = provide({ roleSeconds });
        await provider.create(ROLE, "worker", { name: "worker" });
        return provider;
      };
      const patient = await usable(60);
      await patient.create(FUNCTION, "worker", { role });
      const [made, used] = patient.operations();
      assert.ok((used?.end ?? 0) >= (made?.begin ?? 0) + 1 + durationOf(FUNCTION, {}, "create").minutes - 1e-9);
      const never = await usable(600);
      const { message } = await never.failToCreate(FUNCTION, "worker", { role });
      assert.match(message, /The role defined for the function cannot be assumed by Lambda\.$/);
    });
  });

  describe("refuses to delete", () => {
    it("a group that a rule of another group names, until it is gone", async () => {
      const provider = provide({ dependencies: true });
      const [group, other] = [await provider.create(GROUP, "one"), await provider.create(GROUP, "two")];
      const rule = await provider.create(RULE, "rule", { securityGroupId: other, referencedSecurityGroupId: group });
      assert.match(
        (await provider.failToDelete(GROUP, "one", group)).message,
        /DependencyViolation: resource sg-0[0-9a-f]+ has a dependent object$/,
      );
      await provider.delete(RULE, "rule", rule);
      await provider.delete(GROUP, "one", group);
    });

    it("a group that only its own rules name: those go with it", async () => {
      const provider = provide({ dependencies: true });
      const group = await provider.create(GROUP, "one");
      await provider.create(RULE, "rule", { securityGroupId: group, cidrIpv4: "10.0.0.0/8" });
      await provider.delete(GROUP, "one", group);
    });

    it("a bucket with objects, unless it is forced", async () => {
      const provider = provide({ dependencies: true });
      const [kept, forced] = [await provider.create(BUCKET, "kept"), await provider.create(BUCKET, "forced", { forceDestroy: true })];
      for (const bucket of [kept, forced]) fillBucket(provider.cloud, bucket, 3);
      assert.match((await provider.failToDelete(BUCKET, "kept", kept)).message, /BucketNotEmpty/);
      await provider.delete(BUCKET, "forced", forced);
    });

    it("a bucket with an object of a program, which goes with it when it is forced", async () => {
      const provider = provide({ dependencies: true });
      const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
      const [kept, forced] = [await provider.create(BUCKET, "kept"), await provider.create(BUCKET, "forced", { forceDestroy: true })];
      const page = await provider.create(OBJECT, "page", { bucket: kept, key: "page" });
      await provider.create(OBJECT, "other", { bucket: forced, key: "other" });
      assert.match((await provider.failToDelete(BUCKET, "kept", kept)).message, /BucketNotEmpty/);
      await provider.delete(BUCKET, "forced", forced);
      assert.deepEqual(
        provider.cloud.list([OBJECT]).map(({ id }) => id),
        [page],
      );
    });

    it("what has deletion protection", async () => {
      const provider = provide({ dependencies: true });
      const type = "aws:rds/cluster:Cluster";
      const id = await provider.create(type, "orders", { deletionProtection: true });
      assert.match((await provider.failToDelete(type, "orders", id)).message, /disable deletion protection and try again/);
      await provider.update(type, "orders", id, { deletionProtection: false });
      await provider.delete(type, "orders", id);
    });

    it("users whose pool is protected", async () => {
      const provider = provide({ dependencies: true });
      const type = "aws:cognito/userPool:UserPool";
      const id = await provider.create(type, "people", { deletionProtection: "ACTIVE" });
      assert.match((await provider.failToDelete(type, "people", id)).message, /deletion protection is activated/);
      await provider.update(type, "people", id, { deletionProtection: "INACTIVE" });
      await provider.delete(type, "people", id);
    });

    it("a subnet for as long as the interfaces of a function stay in it", async () => {
      const provider = provide({ dependencies: true });
      const subnet = await provider.create("aws:ec2/subnet:Subnet", "private");
      const inputs = { vpcConfig: { subnetIds: [subnet], securityGroupIds: [] } };
      const id = await provider.create(FUNCTION, "worker", inputs);
      await provider.delete(FUNCTION, "worker", id, inputs);
      await provider.delete("aws:ec2/subnet:Subnet", "private", subnet);
      const [gone, freed] = provider.operations().filter(({ action }) => action === "delete");
      assert.ok((freed?.end ?? 0) - (gone?.end ?? 0) >= 19, `${gone?.end} ${freed?.end}`);
    });
  });

  it("says by which property a change replaces a resource", async () => {
    const info = (group: string) => ({ brokerNodeGroupInfo: { securityGroups: [group], instanceType: "kafka.m7g.large" } });
    const answer = await provide().diff(KAFKA, info("sg-1"), info("sg-2"));
    assert.deepEqual(answer.getReplacesList(), ["brokerNodeGroupInfo.securityGroups"]);
    assert.deepEqual(answer.getDetaileddiffMap().toArray().length, 1);
  });
});
