import assert from "node:assert/strict";
import { CLOUDWATCH_LIMITS } from "../../facts/limits-cloudwatch";
import { metricFamily } from "../../facts/cloudwatch-metrics";
import { type Json, type PlannedResource, type Properties } from "../../plan/graph";
import { makePlan } from "../../plan/plan";
import { alarmsOf, holds, parseRule } from "../components/visibility/alarms/alarm-rule";
import { evaluate } from "../components/visibility/alarms/metric-math";
import { ROOT } from "../harness";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

/** Stores and services without an alarm of their own, and why. */
const UNWATCHED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  dev: {
    "media-bucket": "S3 charges for metrics of requests, and a bucket is never full",
    "reports-bucket": "the same",
    "thumbnails-bucket": "the same",
    "uploads-bucket": "the same",
    "message-provider-secret": "CloudWatch has no metric of a secret",
    "payment-provider-secret": "the same",
    sessions: "CloudWatch knows nothing of pods that only pods call; their cluster is watched",
    "legacy-erp": "the same",
  },
  prod: {
    "message-provider-secret": "CloudWatch has no metric of a secret",
    "payment-provider-secret": "the same",
    sessions: "CloudWatch knows nothing of pods that only pods call; their cluster is watched",
    "legacy-erp": "the same",
    "visibility-files": "it holds configuration of agents, which the program has",
  },
};

/** Components that stand for one store, by the class in their token. */
const STORES = new Set([
  ...["AuroraCluster", "RdsInstance", "ServiceTable", "ServiceBucket", "ServiceQueue", "ServiceSecret", "Warehouse"],
  ...["KafkaCluster", "MessageBroker", "Cache", "SelfManagedCache"],
]);

interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

function asProperties(value: Json | undefined): Properties {
  assert.ok(typeof value === "object" && value !== null && !Array.isArray(value));
  return value;
}

function metric(value: Properties): Metric {
  const { namespace, metricName } = value;
  assert.ok(typeof namespace === "string" && typeof metricName === "string");
  return { namespace, metricName, dimensions: asProperties(value["dimensions"]) as Record<string, string> };
}

function queries({ inputs }: PlannedResource): Properties[] {
  const { metricQueries = [] } = inputs;
  assert.ok(Array.isArray(metricQueries));
  return metricQueries.map(asProperties);
}

/** The metrics that an alarm reads; of a query over all backups none. */
function metrics(alarm: PlannedResource): Metric[] {
  if (alarm.inputs["metricName"] !== undefined) return [metric(alarm.inputs)];
  return queries(alarm).flatMap((query) => (query["metric"] === undefined ? [] : [metric(asProperties(query["metric"]))]));
}

/** Every piece of text that a resource has said of itself. */
function texts(value: Json): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(texts);
}

/** Dimensions that name no resource of AWS: which of several, or what is asked of it. */
const NOT_RESOURCES = new Set([
  "Broker ID",
  "CacheNodeId",
  "Operation",
  "UsageType",
  "Stage",
  "FilterId",
  "Queue",
  "Topic",
  "ExecutedVersion",
]);
/** Dimensions whose value is the name of a service of the catalogue. */
const SERVICES = new Set(["Consumer Group", "DiscoveryName", "TargetDiscoveryName"]);

for (const environment of ["dev", "prod"])
  describe(`alarms of ${environment}`, () => {
    let resources: PlannedResource[];
    let services: string[];
    let alarms: PlannedResource[];
    let composites: PlannedResource[];

    before(async () => {
      const { document } = await makePlan(ROOT, environment);
      resources = document.resources;
      services = document.services.map(({ name }) => name);
      alarms = resources.filter(({ type }) => type === ALARM);
      composites = resources.filter(({ type }) => type === COMPOSITE);
    });

    it("are there for every service and every store, but for those that are listed here with the reason", () => {
      const watched = new Set(alarms.map(({ component }) => component?.split("::").at(-1)));
      const stores = resources
        .filter(({ type }) => type.startsWith("strata:persistence:") && STORES.has(type.split(":").at(-1) ?? ""))
        .map(({ name }) => name);
      assert.ok(stores.length > 10 && services.length > 10);
      const without = [...stores, ...services].filter((name) => !watched.has(name)).sort();
      assert.deepEqual(without, Object.keys(UNWATCHED[environment] ?? {}).sort());
    });

    it("read metrics that AWS publishes, with exactly the dimensions it publishes them with", () => {
      let read = 0;
      for (const alarm of alarms)
        for (const { namespace, metricName, dimensions } of metrics(alarm)) {
          read += 1;
          assert.ok(
            metricFamily(namespace, metricName, Object.keys(dimensions)),
            `${alarm.name}: ${namespace} ${metricName} by ${Object.keys(dimensions).join(", ")}`,
          );
        }
      assert.ok(read > 100);
    });

    it("name resources of this plan in their dimensions", () => {
      const known = new Set(resources.flatMap(({ outputs }) => texts(outputs)));
      for (const alarm of alarms)
        for (const { dimensions } of metrics(alarm))
          for (const [name, value] of Object.entries(dimensions)) {
            if (NOT_RESOURCES.has(name)) continue;
            if (SERVICES.has(name)) assert.ok(services.includes(value), `${alarm.name}: ${name} is ${value}`);
            // Amazon MQ numbers the brokers of ActiveMQ; an alias is the function with a name.
            else
              assert.ok(
                known.has(value) || known.has(value.replace(/-[12]$/, "")),
                `${alarm.name}: ${name} ${value} is nothing in the plan`,
              );
          }
    });

    it("have math that can be computed from their metrics, and gives a number", () => {
      let computed = 0;
      for (const alarm of alarms) {
        const all = queries(alarm);
        const ids = all.flatMap(({ id, metric: of }) => (of === undefined || typeof id !== "string" ? [] : [id]));
        const result = all.filter(({ returnData }) => returnData === true);
        if (ids.length === 0) continue;
        assert.equal(result.length, 1, alarm.name);
        const expression = result[0]?.["expression"];
        assert.ok(typeof expression === "string");
        assert.equal(typeof evaluate(expression, Object.fromEntries(ids.map((id) => [id, 50]))), "number", `${alarm.name}: ${expression}`);
        assert.ok(ids.length <= CLOUDWATCH_LIMITS.metricsPerAlarm.value);
        assert.equal(
          new Set(all.flatMap(({ metric: of }) => (of === undefined ? [] : [asProperties(of)["period"]]))).size,
          1,
          "one period",
        );
        computed += 1;
      }
      assert.ok(computed > 10);
    });

    it("say why their threshold is what it is, within what CloudWatch takes of a description", () => {
      for (const { name, inputs } of alarms) {
        const { alarmDescription } = inputs;
        // Those that add and remove tasks tell nobody.
        if (inputs["okActions"] === undefined && name.startsWith("media-encoder-")) continue;
        assert.ok(typeof alarmDescription === "string" && alarmDescription.length <= CLOUDWATCH_LIMITS.descriptionLength.value, name);
        if (!alarmDescription.includes("restore.md")) assert.match(alarmDescription, /Threshold: \S/, name);
      }
    });

    it("have rules that CloudWatch's grammar takes, of alarms that exist", () => {
      const names = new Set([...alarms.map(({ outputs }) => outputs["name"]), ...composites.map(({ outputs }) => outputs["alarmName"])]);
      const arns = new Set(composites.map(({ outputs }) => outputs["arn"]));
      for (const { name, inputs } of composites) {
        const { alarmRule, actionsSuppressor } = inputs;
        assert.ok(typeof alarmRule === "string" && alarmRule.length <= CLOUDWATCH_LIMITS.compositeRuleLength.value);
        for (const alarm of alarmsOf(parseRule(alarmRule))) assert.ok(names.has(alarm), `${name} asks ${alarm}`);
        if (actionsSuppressor !== undefined) assert.ok(arns.has(asProperties(actionsSuppressor)["alarm"] ?? null), name);
      }
    });
  });

describe("who is told in prod", () => {
  let resources: PlannedResource[];
  before(async () => (resources = (await makePlan(ROOT, "prod")).document.resources as PlannedResource[]));

  const named = (type: string, name: string) => {
    const found = resources.find((resource) => resource.type === type && resource.name === name);
    assert.ok(found, name);
    return found;
  };
  const firing = (...names: string[]) => new Set(names.map((name) => String(named(ALARM, name).outputs["name"])));
  const rule = (name: string) => parseRule(String(named(COMPOSITE, name).inputs["alarmRule"]));

  it("the two windows of a burn rate tell nobody, and their alarm only when both fire", () => {
    for (const side of ["orders-slo-availability-1h", "orders-slo-availability-5min"])
      assert.deepEqual(named(ALARM, side).inputs["alarmActions"], []);
    const fast = rule("orders-slo-availability-fast");
    assert.equal(holds(fast, firing("orders-slo-availability-1h")), false);
    assert.equal(holds(fast, firing("orders-slo-availability-1h", "orders-slo-availability-5min")), true);
  });

  it("orders is down when nobody is healthy, too few tasks run, or requests fail", () => {
    const down = rule("orders-down");
    for (const child of ["orders-none-healthy", "orders-tasks", "orders-5xx"]) assert.equal(holds(down, firing(child)), true, child);
    assert.equal(holds(down, firing("orders-latency", "orders-cpu")), false);
  });

  it("orders keeps quiet while its database or its bus is down, and says so when its table is not its own", () => {
    const suppressor = named(COMPOSITE, "orders-down").inputs["actionsSuppressor"];
    assert.equal(asProperties(suppressor)["alarm"], named(COMPOSITE, "orders-stores").outputs["arn"]);
    const stores = rule("orders-stores");
    assert.equal(holds(stores, firing("orders-db-writer-silent")), true);
    assert.equal(holds(stores, firing("kafka-controller")), true);
    assert.equal(holds(stores, firing("partners-db-silent")), false);
    // A full disk is told, but does not hide that the service is down.
    assert.equal(holds(stores, firing("kafka-broker-1-disk")), false);
  });

  it("a dashboard of each layer shows every alarm of its layer, within what CloudWatch takes", () => {
    const dashboards = resources.filter(({ type }) => type === DASHBOARD);
    assert.deepEqual(dashboards.map(({ inputs }) => inputs["dashboardName"]).sort(), [
      ...["prod-compute", "prod-messaging", "prod-network", "prod-persistence"],
    ]);
    const shown = dashboards.flatMap(({ inputs }) => {
      const { widgets } = JSON.parse(String(inputs["dashboardBody"])) as { widgets: { type: string; properties: { alarms?: string[] } }[] };
      assert.ok(widgets.length <= CLOUDWATCH_LIMITS.widgetsPerDashboard.value);
      return widgets.flatMap(({ properties }) => properties.alarms ?? []);
    });
    const watched = resources.filter(
      ({ type, component }) => type === ALARM && /strata:visibility:(Service|Store|Shared)Alarms::/.test(component ?? ""),
    );
    assert.ok(watched.length > 100);
    for (const { name, outputs } of watched) assert.ok(shown.includes(String(outputs["arn"])), name);
  });

  it("no dashboard has a widget over another, or one that does not fit into its 24 columns", () => {
    for (const { inputs } of resources.filter(({ type }) => type === DASHBOARD)) {
      const { widgets } = JSON.parse(String(inputs["dashboardBody"])) as {
        widgets: { x: number; y: number; width: number; height: number }[];
      };
      const cells = new Set<string>();
      for (const { x, y, width, height } of widgets) {
        assert.ok(x >= 0 && x + width <= 24);
        for (let column = x; column < x + width; column += 1)
          for (let row = y; row < y + height; row += 1) {
            assert.ok(!cells.has(`${column}/${row}`));
            cells.add(`${column}/${row}`);
          }
      }
    }
  });
});
