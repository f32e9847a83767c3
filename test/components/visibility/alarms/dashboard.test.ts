import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import assert from "node:assert/strict";
import { type AlarmSpec, metricsOf } from "../../../../components/visibility/alarms/alarm-spec";
import { dashboardBody, type DashboardGroup, dashboardPages } from "../../../../components/visibility/alarms/dashboard-body";
import { LayerDashboard } from "../../../../components/visibility/alarms/layer-dashboard";
import { httpSpecs } from "../../../../components/visibility/alarms/services/http";
import { CLOUDWATCH_LIMITS } from "../../../../facts/limits-cloudwatch";
import { only, recordProgram, TEST_CONTEXT } from "../../../harness";

const SPECS = httpSpecs({ loadBalancer: "app/public/1", targetGroup: "targetgroup/orders/1" }, 300);

function alarm(spec: AlarmSpec): DashboardGroup["alarms"][number] {
  return { spec, name: pulumi.output(spec.suffix), arn: pulumi.output(`arn:aws:cloudwatch:us-east-1:111122223333:alarm:${spec.suffix}`) };
}

function group(title: string, alarms: number): DashboardGroup {
  return { title, alarms: Array.from({ length: alarms }, (_, index) => alarm(SPECS[index % SPECS.length] ?? assert.fail())) };
}

describe("a dashboard of a layer", () => {
  it("takes as many things to a dashboard as CloudWatch does, leaves none out, and keeps their order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 40 }), (sizes) => {
        const groups = sizes.map((size, index) => group(String(index), size));
        const pages = dashboardPages(groups);
        assert.deepEqual(
          pages.flat().map(({ title }) => title),
          groups.filter(({ alarms }) => alarms.length > 0).map(({ title }) => title),
        );
        for (const page of pages) {
          assert.ok(dashboardBody(page, "us-east-1").widgets.length <= CLOUDWATCH_LIMITS.widgetsPerDashboard.value);
          const metrics = page.flatMap(({ alarms }) => alarms.flatMap(({ spec }) => metricsOf(spec)));
          assert.ok(metrics.length <= CLOUDWATCH_LIMITS.metricsPerDashboard.value);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("draws the metric of an alarm with the line at which it fires, and math with its metrics unseen", () => {
    const { widgets } = dashboardBody([{ title: "orders", alarms: SPECS.map(alarm) }], "us-east-1");
    const graphs = widgets as { type: string; properties: { metrics: unknown[][]; annotations: { horizontal: { value: number }[] } } }[];
    const [errors, latency] = graphs.filter(({ type }) => type === "metric");
    assert.deepEqual(latency?.properties.metrics, [
      ["AWS/ApplicationELB", "TargetResponseTime", "LoadBalancer", "app/public/1", "TargetGroup", "targetgroup/orders/1", { stat: "p95" }],
    ]);
    assert.deepEqual(
      latency.properties.annotations.horizontal.map(({ value }) => value),
      [0.3],
    );
    assert.equal(errors?.properties.metrics.length, 3);
    assert.deepEqual(errors.properties.metrics.at(-1), [
      { id: "result", expression: (SPECS[0]?.measure as { expression: string }).expression, label: "failed, percent" },
    ]);
  });

  it("is one resource a page, and can be bent", async () => {
    const groups = [group("a", 300), group("b", 300)];
    const resources = await recordProgram((options) => new LayerDashboard("compute", { context: TEST_CONTEXT, groups }, options));
    const names = resources
      .filter(({ type }) => type.includes("Dashboard") && type.startsWith("aws:"))
      .map(({ inputs }) => inputs["dashboardName"]);
    assert.deepEqual(names, ["test-compute", "test-compute-2"]);
    const transform = { dashboard: { dashboardName: "bent" } };
    const bent = await recordProgram(
      (options) => new LayerDashboard("compute", { context: TEST_CONTEXT, groups: [group("a", 1)], transform }, options),
    );
    assert.equal(only(bent, "aws:cloudwatch/dashboard:Dashboard").inputs["dashboardName"], "bent");
  });

  it("is not made of a layer in which nothing is watched", async () => {
    const resources = await recordProgram(
      (options) => new LayerDashboard("network", { context: TEST_CONTEXT, groups: [group("a", 0)] }, options),
    );
    assert.ok(!resources.some(({ type }) => type === "aws:cloudwatch/dashboard:Dashboard"));
  });
});
