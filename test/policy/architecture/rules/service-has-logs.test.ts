import assert from "node:assert/strict";
import { serviceHasLogs as rule } from "../../../../policy/architecture/rules/service-has-logs";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { id, type Inputs, Ref, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

function onTask(containers: Json): string {
  const stack = new TestStack();
  const inputs: Inputs =
    containers === null ? {} : { containerDefinitions: typeof containers === "string" ? containers : JSON.stringify(containers) };
  return verdictOn(rule, stack.add("aws:ecs/taskDefinition:TaskDefinition", "orders", inputs));
}

const awslogs = { logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/orders" } } };

describe("no service without logs: containers", () => {
  it("pass when each has a log driver", () => {
    assert.equal(
      onTask([
        { name: "app", ...awslogs },
        { name: "router", logConfiguration: { logDriver: "awsfirelens" } },
      ]),
      "pass",
    );
  });

  it("fail when any sends its logs nowhere, and name it", () => {
    assert.equal(onTask([{ name: "app", ...awslogs }, { name: "sidecar" }]), "fail: container sidecar sends its logs nowhere");
    assert.match(onTask([{ name: "app", logConfiguration: { logDriver: "none" } }]), /^fail/);
    assert.match(onTask([{ name: "app", logConfiguration: { logDriver: "awslogs", options: {} } }]), /without awslogs-group/);
    assert.match(onTask([{}]), /container number 1/);
  });

  it("are not evaluated when absent, unknown, or no JSON", () => {
    assert.match(onTask(null), /^not evaluated/);
    assert.equal(onTask(UNKNOWN), "not evaluated: its containers are not known yet");
    assert.match(onTask("[{"), /^not evaluated: containerDefinitions can't be read/);
    assert.match(onTask("{}"), /it is not a list/);
  });
});

describe("no service without logs: functions", () => {
  it("pass with a log group in their logging configuration, also before it exists", () => {
    for (const known of [true, false]) {
      const stack = new TestStack(known);
      const group = stack.add(LOG_GROUP, "orders");
      const lambda = stack.add("aws:lambda/function:Function", "orders", { loggingConfig: { logFormat: "JSON", logGroup: id(group) } });
      assert.equal(verdictOn(rule, lambda, stack.resources), "pass");
    }
  });

  it("pass with a log group of the name Lambda writes to, whichever is named after the other", () => {
    const stack = new TestStack();
    stack.add(LOG_GROUP, "orders", { name: "/aws/lambda/orders-1a2b" });
    const lambda = stack.add("aws:lambda/function:Function", "orders", {}, undefined, { name: "orders-1a2b" });
    assert.equal(verdictOn(rule, lambda, stack.resources), "pass");

    const preview = new TestStack(false);
    const later = preview.add("aws:lambda/function:Function", "orders");
    preview.add(LOG_GROUP, "orders", { name: new Ref(later, "name") });
    assert.equal(verdictOn(rule, later, preview.resources), "pass");
  });

  it("fail without one", () => {
    const stack = new TestStack();
    stack.add(LOG_GROUP, "other", { name: "/aws/lambda/other" });
    const lambda = stack.add("aws:lambda/function:Function", "orders", { name: "orders" });
    assert.equal(verdictOn(rule, lambda, stack.resources), "fail: function orders has no log group in the stack");
  });

  it("are not evaluated when the group, or the names, are not known", () => {
    const stack = new TestStack();
    const unknown = stack.add("aws:lambda/function:Function", "unknown", { loggingConfig: UNKNOWN });
    assert.match(verdictOn(rule, unknown, stack.resources), /^not evaluated/);
    const unnamed = stack.add("aws:lambda/function:Function", "unnamed");
    assert.match(verdictOn(rule, unnamed, stack.resources), /^not evaluated/);
    const named = stack.add("aws:lambda/function:Function", "named", { name: "named" });
    stack.add(LOG_GROUP, "other", { name: UNKNOWN });
    assert.match(verdictOn(rule, named, stack.resources), /^not evaluated/);
  });
});
