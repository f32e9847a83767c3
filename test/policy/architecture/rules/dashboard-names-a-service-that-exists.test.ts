import assert from "node:assert/strict";
import { dashboardNamesAServiceThatExists as rule } from "../../../../policy/architecture/rules/dashboard-names-a-service-that-exists";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { type Input, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

/** A stack with a declared service, an ECS service, a function and a Deployment. */
function services(): TestStack {
  const stack = new TestStack();
  stack.add("strata:service:Service", "orders");
  stack.add("aws:ecs/service:Service", "billing", {}, undefined, { name: "billing-1" });
  stack.add("aws:lambda/function:Function", "webhook", {}, undefined, { name: "webhook-1" });
  stack.add("kubernetes:apps/v1:Deployment", "chat", { metadata: { name: "chat" } });
  return stack;
}

function cloudWatch(body: Json, stack = services()): string {
  const dashboardBody = typeof body === "string" ? body : JSON.stringify(body);
  return verdictOn(rule, stack.add("aws:cloudwatch/dashboard:Dashboard", "services", { dashboardBody }), stack.resources);
}

function grafana(panels: Json, list: Json = [], stack = services()): string {
  const data = { "services.json": JSON.stringify({ title: "Services", panels, templating: { list } }) };
  return verdictOn(rule, stack.add("kubernetes:core/v1:ConfigMap", "dashboards", { data }), stack.resources);
}

const widget = (...metric: string[]): Json => ({ widgets: [{ type: "metric", properties: { metrics: [metric] } }] });

describe("every dashboard is about services that exist: CloudWatch", () => {
  it("passes with dimensions of an ECS service and a function of the stack, and fails with others", () => {
    assert.equal(cloudWatch(widget("AWS/ECS", "CPUUtilization", "ClusterName", "c", "ServiceName", "billing-1")), "pass");
    assert.equal(cloudWatch(widget("AWS/Lambda", "Errors", "FunctionName", "webhook-1")), "pass");
    assert.equal(
      cloudWatch(widget("AWS/ECS", "CPUUtilization", "ServiceName", "shipping")),
      "fail: services is about shipping, which the stack does not have",
    );
    assert.match(cloudWatch(widget("AWS/Lambda", "Errors", "FunctionName", "old")), /^fail/);
  });

  it("passes without any, and is not evaluated while its body is not known, or is none", () => {
    assert.equal(cloudWatch({ widgets: [] }), "pass");
    assert.equal(cloudWatch(UNKNOWN), "not evaluated: the body of services is not known yet, or is none");
    assert.match(cloudWatch("{"), /^not evaluated/);
    assert.match(verdictOn(rule, services().add("aws:cloudwatch/dashboard:Dashboard", "empty")), /^not evaluated/);
  });

  it("is not evaluated while the name of a service that may be meant is not known", () => {
    const stack = services();
    stack.add("aws:ecs/service:Service", "shipping");
    assert.match(
      cloudWatch(widget("AWS/ECS", "CPUUtilization", "ServiceName", "shipping-1"), stack),
      /^not evaluated: the name of shipping is not known yet; shipping-1 may be it$/,
    );
  });
});

describe("every dashboard is about services that exist: Grafana", () => {
  const query = (expr: string): Json => [{ type: "timeseries", targets: [{ expr }] }];

  it("passes with labels of services of the stack, and fails with others", () => {
    assert.equal(grafana(query('{environment="prod", service="orders"} | json')), "pass");
    assert.equal(grafana(query('{service=~"orders|chat"}')), "pass");
    assert.equal(grafana(query('{service="shipping"}')), "fail: services.json is about shipping, which the stack does not have");
    assert.match(grafana(query('{service=~"orders|shipping"}')), /^fail: services.json is about shipping,/);
    assert.match(grafana([{ targets: [{ dimensions: { ServiceName: "shipping" } }] }]), /^fail/);
  });

  it("takes a variable and a pattern for no name", () => {
    for (const expr of ['{service="$service"}', '{service=~"${service}"}', '{service=~".+"}'])
      assert.equal(grafana(query(expr)), "pass", expr);
  });

  it("reads the choices of the variable service", () => {
    const choice = (value: string): Json => [{ name: "service", type: "custom", query: value, options: [{ value }], current: { value } }];
    assert.equal(grafana([], choice("orders")), "pass");
    assert.match(grafana([], choice("shipping")), /^fail/);
    assert.match(grafana([], [{ name: "service", type: "custom", query: "orders, shipping" }]), /^fail: services.json is about shipping,/);
    assert.equal(grafana([], [{ name: "service", type: "custom", query: "orders", current: { value: "$__all" } }]), "pass");
    assert.equal(grafana([], [{ name: "host", type: "custom", query: "shipping" }]), "pass");
  });

  it("knows other components of the layer, whose logs carry their name", () => {
    const stack = services();
    stack.add("strata:persistence:AuroraCluster", "orders-db");
    assert.equal(grafana(query('{service="orders-db"}'), [], stack), "pass");
  });

  it("says nothing of a ConfigMap that holds no dashboard, or is not known yet", () => {
    const stack = services();
    const texts: readonly Input[] = [{ "a.json": '{"rows": []}' }, { "a.txt": 'the "panels" of a house' }, UNKNOWN];
    for (const data of texts)
      assert.equal(verdictOn(rule, stack.add("kubernetes:core/v1:ConfigMap", "x", { data }), stack.resources), "nothing");
  });
});
