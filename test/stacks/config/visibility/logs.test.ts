import assert from "node:assert/strict";
import { LogsKey } from "../../../../stacks/config/visibility/logs";
import { logsFaults } from "../../../../stacks/config/visibility/logs-checks";
import { Workspace } from "../../../harness";
import { strata } from "../../../automation/command";

interface Planned {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly inputs: Record<string, unknown>;
  }[];
}

async function plan(environment: string, logs: object): Promise<{ code: number; stderr: string; resources: Planned["resources"] }> {
  const workspace = new Workspace();
  try {
    workspace.section(environment, "visibility", (section) => (section["logs"] = logs));
    const { code, stdout, stderr } = await strata("plan", environment, "--json", "--cwd", workspace.root);
    return { code, stderr, resources: stdout.startsWith("{") ? (JSON.parse(stdout) as Planned).resources : [] };
  } finally {
    workspace.dispose();
  }
}

describe("the logs of an environment", () => {
  it("have one store: Loki and OpenSearch cannot both be said", async () => {
    const both = await plan("dev", { store: { kind: "loki", instanceType: "r7g.large.search" } });
    assert.equal(both.code, 1);
    assert.match(both.stderr, /strata:visibility\.logs\.store\.instanceType: is not a known key/);
    const list = await plan("dev", { store: ["loki", "opensearch"] });
    assert.equal(list.code, 1);
    assert.match(list.stderr, /strata:visibility\.logs\.store/);
  });

  it("are not searched for longer than they are archived", () => {
    const check = (value: unknown, durable = false) =>
      logsFaults("logs", LogsKey.parse(value), durable, 3).map(({ key, what }) => `${key}: ${what}`);
    assert.deepEqual(check({ store: { kind: "loki", searchDays: 60 }, archiveDays: 30 }), [
      "logs.store.searchDays: is longer than the archive keeps what the store is filled from",
    ]);
    assert.deepEqual(check({ store: { kind: "none" }, archiveDays: 1 }), []);
    assert.deepEqual(check({ store: { kind: "none" }, subscription: "elsewhere" }, true), [
      "logs: keeps lines of log groups nowhere, in a durable environment",
    ]);
    assert.deepEqual(check({ store: { kind: "opensearch", instances: 2 } }, true), [
      "logs.store.instanceType: runs out of CPU credits, in a durable environment",
      "logs.store.instances: cannot be spread evenly over 3 zones",
    ]);
  });

  it("in OpenSearch come with a domain and a shipper that reaches it on 443 alone", async () => {
    const { code, resources, stderr } = await plan("dev", { store: { kind: "opensearch" } });
    assert.equal(code, 0, stderr);
    assert.equal(resources.filter(({ type }) => type === "aws:opensearch/domain:Domain").length, 1);
    const shipper = resources.find(({ type, name }) => type === "aws:lambda/function:Function" && name === "log-shipper");
    const { variables } = (shipper?.inputs["environment"] ?? {}) as { variables?: Record<string, string> };
    assert.match(variables?.["STORE_URL"] ?? "", /^https:\/\/vpc-.*\/_bulk$/);
    const rules = resources.filter(({ name }) => name.startsWith("log-store-opensearch-from-log-shipper-"));
    assert.deepEqual([...new Set(rules.map(({ inputs }) => inputs["fromPort"]))], [443]);
  });

  it("without a store are archived all the same, and nothing waits to ship them", async () => {
    const { code, resources } = await plan("dev", { store: { kind: "none" } });
    assert.equal(code, 0);
    const types = new Map(resources.map(({ type, name }) => [`${type} ${name}`, true]));
    assert.ok(types.has("aws:cloudwatch/logAccountPolicy:LogAccountPolicy log-subscription"));
    assert.ok(!types.has("aws:sqs/queue:Queue log-arrivals"));
    assert.ok(
      !resources.some(({ type, inputs }) => type === "aws:s3/bucketNotification:BucketNotification" && inputs["queues"] !== undefined),
    );
  });
});

describe("the log route of an environment", () => {
  for (const environment of ["dev", "prod"])
    it(`${environment}: every bucket that AWS writes log files to is watched, every bucket of a service has its requests logged, and every log group is subscribed to`, async () => {
      const { code, resources, stderr } = await plan(environment, { archiveDays: 30 });
      assert.equal(code, 0, stderr);
      const named = (type: string) => resources.filter((resource) => resource.type === type);
      const watched = new Set(
        named("aws:s3/bucketNotification:BucketNotification")
          .filter(({ inputs }) => inputs["queues"])
          .map(({ name }) => name),
      );
      for (const bucket of ["network-flow-logs", "public-logs", "access-logs", "log-archive"]) assert.ok(watched.has(bucket), bucket);
      const logged = new Set(named("aws:s3/bucketLogging:BucketLogging").map(({ name }) => name));
      const ofServices = named("aws:s3/bucketVersioning:BucketVersioning")
        // The layer's own files are configuration, which only agents read.
        .filter(({ urn, name }) => urn.includes("strata:persistence:ServiceBucket") && name !== "visibility-files")
        .map(({ name }) => name);
      assert.ok(ofServices.length > 0);
      for (const bucket of ofServices) assert.ok(logged.has(bucket), bucket);
      const [policy] = named("aws:cloudwatch/logAccountPolicy:LogAccountPolicy");
      const excluded = JSON.parse(String(policy?.inputs["selectionCriteria"]).replace("LogGroupName NOT IN ", "")) as string[];
      assert.deepEqual(
        excluded.map((name) => name.split("/").slice(0, 4).join("/")),
        ["RDSOSMetrics", `/strata/${environment}/log-shipper`, `/strata/${environment}/log-poller`],
      );
      const poller = named("aws:lambda/function:Function").find(({ name }) => name === "log-poller");
      const { variables } = (poller?.inputs["environment"] ?? {}) as { variables?: Record<string, string> };
      const polled = (JSON.parse(variables?.["STORES"] ?? "[]") as { kind: string; service: string }[]).map(
        ({ kind, service }) => `${kind} ${service}`,
      );
      const instances = named("aws:rds/instance:Instance").map(({ name }) => `rds ${name}`);
      assert.ok(instances.length >= 5);
      assert.deepEqual(polled.filter((store) => store.startsWith("rds ")).sort(), instances.sort());
      assert.ok(polled.some((store) => store.startsWith("redshift ")));
    });
});
