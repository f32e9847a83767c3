import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { isMath, metricsOf } from "../../../../components/visibility/alarms/alarm-spec";
import { alarmRule, createComposite } from "../../../../components/visibility/alarms/composite-alarm";
import { type ObservedService } from "../../../../components/visibility/alarms/observed-service";
import { ServiceAlarms, type ServiceAlarmsArgs } from "../../../../components/visibility/alarms/service-alarms";
import { serviceSpecs, whyServiceUnwatched } from "../../../../components/visibility/alarms/services";
import { functionSpecs } from "../../../../components/visibility/alarms/services/function";
import { httpSpecs } from "../../../../components/visibility/alarms/services/http";
import { apiSpecs, clusterSpecs, loadBalancerSpecs, natGatewaySpecs } from "../../../../components/visibility/alarms/services/shared";
import { SharedAlarms } from "../../../../components/visibility/alarms/shared-alarms";
import { StoreAlarms } from "../../../../components/visibility/alarms/store-alarms";
import { metricFamily } from "../../../../facts/cloudwatch-metrics";
import { type PlannedResource } from "../../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../../harness";
import { alarmsOf, holds, parseRule } from "./alarm-rule";
import { evaluate } from "./metric-math";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const known = (text: string) => pulumi.output(text);
const TOPICS = { arn: known("arn:aws:sns:us-east-1:111122223333:alarms"), criticalArn: known("arn:aws:sns:us-east-1:111122223333:pages") };
const DURABLE = { ...TEST_CONTEXT, durable: true };

const TASKS: ObservedService = {
  name: "orders",
  target: "fargate",
  runtime: { on: "tasks", clusterName: known("containers"), serviceName: known("orders"), fewest: 2, countsTasks: true },
  requests: { counted: "load balancer", loadBalancer: "app/public/1", targetGroup: "targetgroup/orders/1" },
  alarms: [],
};
const INSIDE: ObservedService = { ...TASKS, requests: { counted: "service connect", discoveryName: "orders" } };
const PODS = (tcp: Extract<ObservedService["runtime"], { on: "pods" }>["tcp"]): ObservedService => ({
  ...TASKS,
  target: "eks",
  runtime: { on: "pods", clusterName: known("kubernetes"), namespace: known("orders"), tcp },
  requests: undefined,
});

function made(change: Partial<ServiceAlarmsArgs>): Promise<PlannedResource[]> {
  const args = { context: DURABLE, observed: TASKS, critical: true, latencyTarget: 300, stores: [], topics: TOPICS, ...change };
  return recordProgram((options) => new ServiceAlarms("orders", args, options));
}

const suffixes = (service: ObservedService) => serviceSpecs(service, 300).map(({ suffix }) => suffix);

describe("alarms of a service", () => {
  it("of tasks: too few, CPU and memory; where only services call, what those see of it", () => {
    assert.deepEqual(suffixes(TASKS), ["tasks", "cpu", "memory"]);
    assert.deepEqual(suffixes(INSIDE), ["tasks", "cpu", "memory", "5xx", "latency"]);
  });

  it("of a worker: not its CPU, which it may use; and not its number where none is the fewest, or nobody counts", () => {
    const runtime = TASKS.runtime as Extract<ObservedService["runtime"], { on: "tasks" }>;
    assert.deepEqual(suffixes({ ...TASKS, runtime: { ...runtime, worker: true, fewest: 0 } }), ["memory"]);
    assert.deepEqual(suffixes({ ...TASKS, runtime: { ...runtime, countsTasks: false } }), ["cpu", "memory"]);
  });

  it("of pods: each port that the internet reaches; of others none, and it is said why", () => {
    const mqtt = { port: "mqtt", loadBalancer: "net/chat/1", targetGroup: "targetgroup/mqtt/1" };
    assert.deepEqual(suffixes(PODS([mqtt])), ["mqtt-unhealthy", "mqtt-none-healthy"]);
    assert.equal(whyServiceUnwatched(PODS([mqtt])), undefined);
    assert.match(whyServiceUnwatched(PODS([])) ?? "", /pod that only other pods call/);
  });

  it("and of what services share read metrics that AWS publishes", () => {
    const specs = [
      ...[TASKS, INSIDE, PODS([{ port: "mqtt", loadBalancer: "l", targetGroup: "t" }])].flatMap((service) => serviceSpecs(service, 300)),
      ...httpSpecs({ loadBalancer: "l", targetGroup: "t" }, 300),
      ...functionSpecs({ functionName: "f", timeout: 10, reservedConcurrency: 50, trial: { alias: "live", version: "7" } }),
      ...loadBalancerSpecs("l"),
      ...apiSpecs("a", "$default", 300),
      ...natGatewaySpecs("nat-1", "1"),
      ...clusterSpecs("kubernetes"),
    ];
    for (const spec of specs)
      for (const { namespace, metricName, dimensions } of metricsOf(spec))
        assert.ok(metricFamily(namespace, metricName, Object.keys(dimensions)), `${spec.suffix}: ${namespace} ${metricName}`);
  });

  it("of a function follow its timeout and its concurrency", () => {
    const of = (suffix: string) =>
      functionSpecs({ functionName: "f", timeout: 10, reservedConcurrency: 50 }).find((spec) => spec.suffix === suffix);
    assert.equal(of("slow")?.threshold, 8_000);
    assert.equal(of("concurrency")?.threshold, 40);
    assert.equal(of("trial-errors"), undefined);
  });

  it("take a share of failed requests only where there are enough of them", () => {
    const [errors] = httpSpecs({ loadBalancer: "l", targetGroup: "t" }, 300);
    assert.ok(errors && isMath(errors.measure));
    const share = (requests: number, failed: number | undefined) =>
      isMath(errors.measure) ? evaluate(errors.measure.expression, { requests, errors: failed }) : undefined;
    assert.deepEqual([share(10, 10), share(100, undefined), share(100, 7)], [0, 0, 7]);
  });
});

describe("what joins the alarms of a service", () => {
  it("is there in a durable environment only", async () => {
    const resources = await made({ context: TEST_CONTEXT, slo: { availability: 99.9, window: 30 * 86_400_000 } });
    assert.ok(!resources.some(({ type }) => type === COMPOSITE));
    assert.ok(!resources.some(({ name }) => name.includes("slo")));
  });

  it("wakes somebody for a critical service, and for one with an objective; of others one alarm is not joined with itself", async () => {
    const critical = only(await made({}), COMPOSITE, "orders-down").inputs;
    assert.deepEqual(critical["alarmActions"], ["arn:aws:sns:us-east-1:111122223333:pages"]);
    const promised = await made({ critical: false, slo: { availability: 99.9, window: 30 * 86_400_000 } });
    assert.deepEqual(only(promised, COMPOSITE, "orders-down").inputs["alarmActions"], ["arn:aws:sns:us-east-1:111122223333:pages"]);
    assert.ok(!(await made({ critical: false })).some(({ type }) => type === COMPOSITE));
  });

  it("can be bent, and so can each alarm of a service, a store and what they share", async () => {
    const transform = { alarm: { actionsEnabled: false }, composite: { actionsEnabled: false } };
    for (const { inputs } of (await made({ transform })).filter(({ type }) => type === ALARM || type === COMPOSITE))
      assert.equal(inputs["actionsEnabled"], false);
    const others = await recordProgram((options) => {
      const queue = { kind: "sqs", name: "q", queueName: known("q"), deadLettersName: known("d"), visibilitySeconds: 30 } as const;
      new StoreAlarms("q", { context: DURABLE, observed: queue, users: [], topics: TOPICS, transform }, options);
      new SharedAlarms(
        "nat",
        { context: DURABLE, specs: natGatewaySpecs("nat-1", "1"), topics: TOPICS, neededByCritical: false, transform },
        options,
      );
    });
    const alarms = others.filter(({ type }) => type === ALARM);
    assert.equal(alarms.length, 5);
    for (const { inputs } of alarms) assert.equal(inputs["actionsEnabled"], false);
  });

  it("has a rule that CloudWatch takes, whatever is joined", () => {
    const any = parseRule(alarmRule("any", ["a-1", "b (new)", "c"]));
    const all = parseRule(alarmRule("all", ["a-1", "c"]));
    assert.deepEqual(alarmsOf(any), ["a-1", "b (new)", "c"]);
    assert.deepEqual([holds(any, new Set(["c"])), holds(all, new Set(["c"])), holds(all, new Set(["c", "a-1"]))], [true, false, true]);
    assert.throws(() => parseRule("ALARM(a) AND ALARM(b)"), /not in quotes/);
    assert.throws(() => parseRule('ALARM("a") ALARM("b")'), /left over/);
  });

  it("is refused without children, and with more than CloudWatch takes", async () => {
    const join = (count: number) =>
      recordProgram(({ providers }) => {
        const parent = new pulumi.ComponentResource("test:Parent", "parent", {}, { providers: [providers.aws] });
        const children = Array.from({ length: count }, (_, index) => ({ name: known(`a${index}`) }));
        createComposite("joined", { environment: "test", description: "all", when: "any", children, parent });
      });
    await assert.rejects(join(0), /joined has 0 children/);
    await assert.rejects(join(101), /joined has 101 children; CloudWatch takes 1 to 100/);
    only(await join(100), COMPOSITE);
  });
});
