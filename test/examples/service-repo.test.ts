import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Json, type PlannedResource } from "../../plan/graph";
import { outputsOf } from "../../plan/recorded-outputs";
import { evaluate } from "../../policy/lib/evaluate";
import { PACKS } from "../../policy/packs";
import program from "../../examples/service-repo/index";
import { strata } from "../automation/command";
import { only, ROOT } from "../harness";
import { planOn, recordedPlatform, SERVICE_REPO } from "./service-repo";

const LONGEST_PROGRAM = 15;

/** The statements of a service's role, as one text. */
function roleOf(resources: readonly PlannedResource[], service: string): string {
  return String(only(resources, "aws:iam/rolePolicy:RolePolicy", service).inputs["policy"]);
}

function variablesOf(resources: readonly PlannedResource[]): Record<string, string> {
  const definition = JSON.parse(
    String(only(resources, "aws:ecs/taskDefinition:TaskDefinition", "parcels").inputs["containerDefinitions"]),
  ) as {
    name: string;
    environment: { name: string; value: string }[];
  }[];
  return Object.fromEntries(definition.find(({ name }) => name === "parcels")?.environment.map(({ name, value }) => [name, value]) ?? []);
}

describe("the example of a service repository", () => {
  const platform = recordedPlatform();
  let resources: readonly PlannedResource[];

  before(async () => {
    resources = await planOn(platform, program);
  });

  it("adds itself to a platform in less than 15 lines", () => {
    const lines = readFileSync(join(SERVICE_REPO, "index.ts"), "utf8").trimEnd().split("\n");
    assert.ok(lines.length < LONGEST_PROGRAM, `${lines.length} lines`);
  });

  it("is planned against outputs that are those of the platform as it is now", async function () {
    this.timeout(300_000);
    const file = join(SERVICE_REPO, "platform.dev.json");
    const { code, stdout, stderr } = await strata("reference", "dev", "--out", file, "--check", "--cwd", ROOT);
    assert.equal(code, 0, `${stdout}${stderr}; run node bin/strata.js reference dev --out examples/service-repo/platform.dev.json`);
  });

  it("runs its services where the advisor puts them: one as tasks, one as a function", () => {
    assert.deepEqual(outputsOf(resources)["places"], { parcels: "fargate", labels: "lambda" });
    only(resources, "aws:ecs/service:Service", "parcels");
    only(resources, "aws:lambda/function:Function", "labels");
  });

  it("runs on the platform's cluster and subnets, and makes none of its own", () => {
    const { cluster, network } = platform as Record<string, Record<string, Json>>;
    const { inputs } = only(resources, "aws:ecs/service:Service", "parcels");
    assert.equal(inputs["cluster"], cluster?.["arn"]);
    assert.deepEqual((inputs["networkConfiguration"] as Record<string, Json>)["subnets"], network?.["privateSubnetIds"]);
    for (const type of ["aws:ec2/vpc:Vpc", "aws:ecs/cluster:Cluster", "aws:lb/loadBalancer:LoadBalancer", "aws:kms/key:Key"])
      assert.deepEqual(
        resources.filter((resource) => resource.type === type).map(({ name }) => name),
        [],
      );
  });

  it("is reached under its path of the platform's load balancer, at a priority that nothing else has", () => {
    const { loadBalancer, routes, url } = platform as Record<string, Record<string, Json>>;
    const { inputs } = only(resources, "aws:lb/listenerRule:ListenerRule", "parcels");
    assert.equal(inputs["listenerArn"], loadBalancer?.["listenerArn"]);
    assert.ok(!Object.values(routes ?? {}).includes(inputs["priority"] ?? null));
    assert.equal(outputsOf(resources)["url"], `${String(url)}/parcels`);
  });

  it("is bound to a topic, a table and a bucket that exist, with exactly what it asked for", () => {
    const variables = variablesOf(resources);
    const { stores } = platform as { stores: Record<string, Record<string, Json>> };
    assert.equal(variables["SESSIONS_TABLE"], stores["table/sessions"]?.["name"]);
    assert.equal(variables["ORDERS_V1_TOPIC"], "orders.v1");
    assert.equal(variables["KAFKA_GROUP_ID"], "parcels");
    assert.equal(variables["ORDERS_URL"], "http://orders:8080");
    const parcels = roleOf(resources, "parcels");
    assert.match(parcels, /dynamodb:GetItem/);
    assert.match(parcels, /kafka-cluster:ReadData/);
    assert.doesNotMatch(parcels, /dynamodb:PutItem|kafka-cluster:WriteData|"Resource":"\*","Action":"dynamodb/);
    assert.match(roleOf(resources, "labels"), /s3:PutObject/);
    assert.deepEqual(
      resources.filter(({ type }) => /dynamodb|msk|s3/.test(type)).map(({ type }) => type),
      [],
    );
  });

  it("is started by files in a bucket that exists, and leaves the bucket's notifications to its owner", () => {
    const { stores } = platform as { stores: Record<string, Record<string, Json>> };
    const { inputs } = only(resources, "aws:cloudwatch/eventRule:EventRule");
    assert.ok(String(inputs["eventPattern"]).includes(String(stores["bucket/uploads"]?.["id"])));
  });

  it("opens the way to what it needs on both sides, and nothing else on the platform's", () => {
    const { stores, services } = platform as Record<string, Record<string, Record<string, Json>>>;
    const kafka = stores?.["topic/orders.v1"]?.["securityGroupId"];
    const orders = services?.["orders"]?.["securityGroupId"];
    const own = only(resources, "aws:ec2/securityGroup:SecurityGroup", "parcels").outputs["id"];
    const rules = resources
      .filter(({ type }) => type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .filter(({ inputs }) => inputs["securityGroupId"] !== own)
      .map(({ inputs }) => [inputs["securityGroupId"], inputs["referencedSecurityGroupId"], inputs["fromPort"]]);
    assert.deepEqual(
      rules.filter(([to]) => to === kafka || to === orders),
      [
        [kafka, own, 9098],
        [orders, own, 8080],
      ],
    );
    assert.ok(rules.every(([, from]) => from === own));
  });

  it("writes its logs where the platform keeps them, encrypted with the platform's key", () => {
    const { keys, logs } = platform as Record<string, Record<string, Json>>;
    for (const name of ["parcels", "labels"]) {
      const { inputs } = only(resources, "aws:cloudwatch/logGroup:LogGroup", name);
      assert.equal(inputs["kmsKeyId"], keys?.["visibility"]);
      assert.equal(inputs["retentionInDays"], logs?.["days"]);
      assert.equal(inputs["namePrefix"], `/strata/dev/${name}/`);
    }
  });

  it("has alarms, each of which tells the platform's topic", () => {
    const { alarms: topics } = platform as Record<string, Record<string, Json>>;
    const alarms = resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
    for (const service of ["parcels", "labels"])
      assert.ok(
        alarms.some(({ name }) => name.startsWith(`${service}-`)),
        service,
      );
    for (const { inputs, name } of alarms) assert.deepEqual(inputs["alarmActions"], [topics?.["arn"]], name);
  });

  it("carries the tags of the environment, and those of its own project, team and service", () => {
    const { inputs } = only(resources, "pulumi:providers:aws", "aws");
    const tags = (typeof inputs["defaultTags"] === "string" ? JSON.parse(inputs["defaultTags"]) : inputs["defaultTags"]) as { tags: Json };
    assert.deepEqual(tags.tags, {
      environment: "dev",
      owner: "platform",
      "cost-centre": "platform-dev",
      "pulumi:project": "parcels",
      "pulumi:stack": "dev",
    });
    assert.deepEqual(only(resources, "aws:ecs/service:Service", "parcels").inputs["tags"], { service: "parcels", owner: "logistics" });
  });

  it("passes the policy packs", () => {
    const { violations, broken } = evaluate(PACKS, resources);
    assert.deepEqual(
      violations.map(({ rule, urn, message }) => `${rule} ${urn}: ${message}`),
      [],
    );
    assert.deepEqual(broken, []);
  });
});
