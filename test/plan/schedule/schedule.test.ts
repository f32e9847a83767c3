import assert from "node:assert/strict";
import { durationOf } from "../../../facts/durations";
import { type PlannedResource } from "../../../plan/graph";
import { type ScheduleDocument, scheduleOf } from "../../../plan/schedule/schedule";
import { scheduleText } from "../../../plan/schedule/schedule-text";

const urnOf = (name: string) => `urn:pulumi:dev::p::t::${name}`;

const MSK = "aws:msk/cluster:Cluster";
const NAT = "aws:ec2/natGateway:NatGateway";
const EKS = "aws:eks/cluster:Cluster";
const BROKER = "aws:mq/broker:Broker";

function resource(name: string, type: string, about: Partial<PlannedResource> = {}): PlannedResource {
  const own = { urn: urnOf(name), type, name, custom: !type.startsWith("c:"), remote: false, dependencies: [], propertyDependencies: {} };
  return { ...own, protect: false, inputs: {}, outputs: {}, ...about };
}

/** A value of the other goes into the one. */
const takes = (...names: readonly string[]): Partial<PlannedResource> => ({
  dependencies: names.map(urnOf),
  propertyDependencies: { value: names.map(urnOf) },
});

const after = (...names: readonly string[]): Partial<PlannedResource> => ({ dependencies: names.map(urnOf) });

const names = (urns: readonly string[]) => urns.map((urn) => urn.split("::").at(-1));
const startOf = ({ entries }: ScheduleDocument, name: string) => entries.find(({ urn }) => urn === urnOf(name))?.start;

describe("the schedule of a creation", () => {
  it("adds up values that go from one resource to the next", () => {
    const schedule = scheduleOf([resource("nat", NAT), resource("kafka", MSK, takes("nat")), resource("broker", BROKER)], "create");
    assert.equal(schedule.minutes, 23.8);
    assert.equal(schedule.lowerBoundMinutes, 23.8);
    assert.deepEqual(names(schedule.criticalPath), ["nat", "kafka"]);
    assert.deepEqual(schedule.avoidable, []);
    assert.equal(schedule.width, 2);
    assert.equal(startOf(schedule, "broker"), 0);
  });

  it("names an order that no value and no requirement of AWS asks for", () => {
    const schedule = scheduleOf([resource("kafka", MSK), resource("broker", BROKER, after("kafka"))], "create");
    assert.equal(schedule.minutes, 36);
    assert.equal(schedule.lowerBoundMinutes, 22);
    assert.deepEqual(schedule.avoidable, [{ from: urnOf("kafka"), to: urnOf("broker"), addsMinutes: 14 }]);
  });

  it("does not blame an order that AWS requires", () => {
    const schedule = scheduleOf([resource("nat", NAT), resource("nodes", "aws:eks/nodeGroup:NodeGroup", after("nat"))], "create");
    assert.equal(schedule.lowerBoundMinutes, schedule.minutes);
    assert.deepEqual(schedule.avoidable, []);
  });

  it("lets a child wait for its parent, and what is gone with another for the other", () => {
    const child = scheduleOf([resource("cluster", EKS), resource("child", NAT, { parent: urnOf("cluster") })], "create");
    const gone = scheduleOf([resource("cluster", EKS), resource("child", NAT, { deletedWith: urnOf("cluster") })], "create");
    assert.equal(startOf(child, "child"), 10);
    assert.equal(startOf(gone, "child"), 10);
    assert.equal(child.lowerBoundMinutes, 10);
  });

  it("waits for the provider, which waits for what configures it", () => {
    const provider = resource("provider", "pulumi:providers:kubernetes", takes("cluster"));
    const object = resource("object", "kubernetes:core/v1:ConfigMap", { provider: `${provider.urn}::id` });
    const schedule = scheduleOf([resource("cluster", EKS), provider, object], "create");
    assert.equal(startOf(schedule, "object"), 10);
    assert.equal(schedule.lowerBoundMinutes, 10.02);
  });

  it("lets whoever takes one output of a component of another process wait for all of its children, but not these for one another", () => {
    const vpc = resource("vpc", "c:index:Vpc", { remote: true, custom: false });
    const within = { parent: vpc.urn };
    const all = [
      vpc,
      resource("nat", NAT, within),
      resource("subnet", "aws:ec2/subnet:Subnet", within),
      resource("kafka", MSK, takes("subnet")),
      resource("flow", "aws:ec2/flowLog:FlowLog", takes("subnet")),
    ];
    const schedule = scheduleOf(all, "create");
    assert.equal(startOf(schedule, "subnet"), 0);
    assert.equal(startOf(schedule, "kafka"), 1.8);
    assert.equal(schedule.lowerBoundMinutes, 22.2);
    // Of all that wait for the component one is named.
    assert.deepEqual(schedule.avoidable, [{ from: vpc.urn, to: urnOf("kafka"), addsMinutes: 1.6 }]);
  });

  it("gives components no time and no entry", () => {
    const schedule = scheduleOf([resource("platform", "c:index:Platform"), resource("nat", NAT, { parent: urnOf("platform") })], "create");
    assert.deepEqual(names(schedule.entries.map(({ urn }) => urn)), ["nat"]);
    assert.equal(schedule.minutes, 1.8);
  });
});

describe("the schedule of a destruction", () => {
  it("waits in rounds, as the engine does, although AWS would not", () => {
    // Broker and cluster have nothing to do with each other, but the broker's user goes first and the engine waits for the whole of that round.
    const all = [
      resource("broker", BROKER),
      resource("alarm", "aws:cloudwatch/metricAlarm:MetricAlarm", takes("broker")),
      resource("role", "aws:iam/role:Role"),
      resource("cluster", EKS, takes("role")),
    ];
    const schedule = scheduleOf(all, "destroy");
    assert.deepEqual(names(schedule.criticalPath), ["cluster", "broker"]);
    assert.equal(schedule.minutes, 7);
    assert.equal(schedule.lowerBoundMinutes, 4.03);
  });

  it("asks nothing for what stays in AWS, or is gone with its cluster", () => {
    const all = [
      resource("cluster", EKS),
      resource("object", "kubernetes:core/v1:Namespace", { ...takes("cluster"), deletedWith: urnOf("cluster") }),
      resource("kafka", MSK, { retainOnDelete: true }),
    ];
    const schedule = scheduleOf(all, "destroy");
    assert.equal(schedule.minutes, 3);
    assert.deepEqual(names(schedule.criticalPath), ["cluster"]);
  });

  it("holds the subnets of a function until Lambda has taken its interfaces away", () => {
    const all = [
      resource("subnet", "aws:ec2/subnet:Subnet"),
      resource("code", "aws:lambda/function:Function", { ...takes("subnet"), inputs: { vpcConfig: { subnetIds: ["subnet-1"] } } }),
    ];
    const schedule = scheduleOf(all, "destroy");
    assert.equal(startOf(schedule, "subnet"), 0.1);
    assert.equal(schedule.minutes, 20.2);
    assert.equal(schedule.lowerBoundMinutes, 20.2);
  });
});

describe("the schedule of an update", () => {
  const all = [resource("kafka", MSK), resource("broker", BROKER, takes("kafka")), resource("nat", NAT)];

  it("takes time only for what changes", () => {
    const schedule = scheduleOf(all, "update", [
      { urn: urnOf("kafka"), op: "same" },
      { urn: urnOf("broker"), op: "update" },
    ]);
    assert.equal(schedule.minutes, durationOf(BROKER, {}, "update").minutes);
    assert.equal(startOf(schedule, "broker"), 0);
  });

  it("deletes what was replaced once all else is done", () => {
    const schedule = scheduleOf(all, "update", [
      { urn: urnOf("nat"), op: "replace" },
      { urn: urnOf("broker"), op: "update" },
    ]);
    const update = durationOf(BROKER, {}, "update").minutes;
    assert.equal(schedule.minutes, update + durationOf(NAT, {}, "delete").minutes);
    assert.deepEqual(
      schedule.entries.filter(({ urn }) => urn === urnOf("nat")).map(({ start }) => start),
      [0, update],
    );
  });
});

describe("a schedule as text", () => {
  it("says how long, what holds it up and what need not", () => {
    const schedule = scheduleOf([resource("kafka", MSK), resource("broker", BROKER, after("kafka"))], "create");
    const text = scheduleText(schedule, { width: 100 }).replace(/\u001b\[\d+m/g, "");
    assert.match(text, /^Takes about 36 min to create, 14 min longer than AWS forces; one operation at a time$/m);
    assert.match(text, /^ +at 22 min +14 min +broker t$/m);
    assert.match(text, /^ +broker \(t\) need not wait for kafka \(t\): 14 min$/m);
    for (const line of text.split("\n")) assert.ok(line.length <= 100);
  });
});
