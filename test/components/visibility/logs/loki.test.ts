import assert from "node:assert/strict";
import { parse } from "yaml";
import { Loki, type LokiArgs } from "../../../../components/visibility/logs/loki";
import { type HostedProgram } from "../../../../components/visibility/host/host";
import { type PlannedResource } from "../../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT as context } from "../../../harness";
import { FakeHost, network, valueOf } from "./fake-host";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/1";

interface Made {
  readonly resources: readonly PlannedResource[];
  readonly program: HostedProgram;
  readonly configuration: Record<string, Record<string, unknown>>;
  readonly pushUrl: string;
  readonly oldestHours: number;
}

async function make(changes: Partial<LokiArgs> = {}): Promise<Made> {
  let made: Promise<Omit<Made, "resources">> | undefined;
  const resources = await recordProgram((options) => {
    const net = network(options);
    const host = new FakeHost(net.vpcId);
    const size = { cpu: 500, memoryMib: 1024, storageGib: 10 };
    const loki = new Loki("loki", { context, host, network: net, keyArn: KEY, searchDays: 30, size, ...changes }, options);
    const [program = assert.fail()] = host.programs;
    const [file = assert.fail()] = Object.values(program.files);
    made = Promise.all([valueOf(file), valueOf(loki.pushUrl)]).then(([text, pushUrl]) => ({
      program,
      configuration: parse(text) as Made["configuration"],
      pushUrl,
      oldestHours: loki.oldestHours,
    }));
  });
  return { resources, ...((await made) ?? assert.fail()) };
}

describe("Loki", () => {
  it("is one copy where nothing must last, and three that find each other where it must", async () => {
    const { program, configuration } = await make();
    assert.equal(program.replicas, 1);
    assert.equal(program.peerPorts, undefined);
    assert.deepEqual([configuration["common"]?.["replication_factor"], configuration["memberlist"]?.["join_members"]], [1, []]);
    const durable = await make({ context: { ...context, durable: true } });
    assert.equal(durable.program.replicas, 3);
    assert.deepEqual(durable.program.peerPorts, [9095, 7946]);
    assert.deepEqual(durable.configuration["common"]?.["replication_factor"], 3);
    assert.deepEqual(
      durable.configuration["memberlist"]?.["join_members"],
      [0, 1, 2].map((copy) => `loki-${copy}.visibility.test:7946`),
    );
  });

  it("keeps lines in a bucket with the customer's key, TLS only, and its role reaches that bucket alone", async () => {
    const { resources, program, configuration } = await make();
    const bucket = only(resources, "aws:s3/bucket:Bucket", "loki");
    assert.deepEqual((configuration["common"]?.["storage"] as { s3: unknown }).s3, {
      bucketnames: bucket.outputs["bucket"],
      region: "us-east-1",
    });
    const encryption = only(resources, "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "loki");
    assert.match(JSON.stringify(encryption.inputs["rules"]), new RegExp(`"kmsMasterKeyId":"${KEY}".*"aws:kms"|"aws:kms".*`));
    assert.match(String(only(resources, "aws:s3/bucketPolicy:BucketPolicy", "loki").inputs["policy"]), /"aws:SecureTransport":"false"/);
    for (const { Resource } of program.statements ?? []) {
      const value = Array.isArray(Resource) ? assert.fail() : await valueOf(Resource as string);
      assert.ok(value === KEY || value.startsWith(String(bucket.outputs["arn"])), value);
    }
  });

  it("deletes lines after their days by its compactor, and the bucket deletes what that forgot", async () => {
    const { resources, configuration } = await make();
    assert.equal(configuration["limits_config"]?.["retention_period"], "720h");
    assert.equal(configuration["compactor"]?.["retention_enabled"], true);
    const rules = JSON.stringify(
      only(resources, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "loki").inputs["rules"],
    );
    assert.match(rules, /"expiration":\{"days":60\}/);
  });

  it("refuses lines older than a week, or than what can be searched, and says so to who sends", async () => {
    const { configuration, oldestHours, pushUrl } = await make();
    assert.equal(oldestHours, 168);
    assert.equal(configuration["limits_config"]?.["reject_old_samples_max_age"], "168h");
    assert.equal(pushUrl, "http://loki.visibility.test:3100/loki/api/v1/push");
    assert.equal((await make({ searchDays: 2 })).oldestHours, 48);
  });

  it("has no way to the internet unless S3 has no endpoint in the VPC", async () => {
    const { program } = await make();
    assert.equal(program.internetReasons, undefined);
    let reasons: readonly string[] | undefined;
    await recordProgram((options) => {
      const net = network(options, { gatewayEndpoints: [] });
      const host = new FakeHost(net.vpcId);
      const size = { cpu: 500, memoryMib: 1024, storageGib: 10 };
      new Loki("loki", { context, host, network: net, keyArn: KEY, searchDays: 7, size }, options);
      reasons = host.programs[0]?.internetReasons;
    });
    assert.match(reasons?.join() ?? "", /S3/);
  });

  it("can be bent: its bucket and its program", async () => {
    const { resources, program } = await make({
      transform: { bucket: { forceDestroy: false }, program: (known) => ({ ...known, replicas: 2 }) },
    });
    assert.equal(only(resources, "aws:s3/bucket:Bucket", "loki").inputs["forceDestroy"], false);
    assert.equal(program.replicas, 2);
  });
});
