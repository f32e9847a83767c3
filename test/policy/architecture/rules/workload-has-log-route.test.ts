import assert from "node:assert/strict";
import { workloadHasLogRoute as rule } from "../../../../policy/architecture/rules/workload-has-log-route";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { id, type Input, type Inputs, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const POLICY = "aws:cloudwatch/logAccountPolicy:LogAccountPolicy";
const ACCOUNT: Inputs = { policyType: "SUBSCRIPTION_FILTER_POLICY", policyDocument: "{}" };
const awslogs: Json = { logDriver: "awslogs", options: { "awslogs-group": "/orders" } };

/** A task with one container, a log group of the name that it writes to, and a policy of the account. */
function task(logConfiguration: Json, policy?: Inputs, more: readonly Json[] = [], tags?: Input): string {
  const stack = new TestStack();
  stack.add(GROUP, "orders", { name: "/orders" });
  if (policy !== undefined) stack.add(POLICY, "all", policy);
  const containerDefinitions = JSON.stringify([{ name: "app", logConfiguration }, ...more]);
  const made = stack.add("aws:ecs/taskDefinition:TaskDefinition", "orders", { containerDefinitions, ...(tags !== undefined && { tags }) });
  return verdictOn(rule, made, stack.resources);
}

describe("every workload has a log route: containers", () => {
  it("pass when a policy of the account takes their group, and fail without a subscription", () => {
    assert.equal(task(awslogs, ACCOUNT), "pass");
    assert.equal(
      task(awslogs),
      "fail: the logs of orders stay where they are: container app writes to log group /orders, which has no subscription",
    );
    assert.match(task(awslogs, { policyType: "DATA_PROTECTION_POLICY" }), /^fail/);
  });

  it("fail when the policy of the account leaves their group out, and pass when it leaves out another", () => {
    assert.match(task(awslogs, { ...ACCOUNT, selectionCriteria: 'LogGroupName NOT IN ["/orders"]' }), /^fail/);
    assert.equal(task(awslogs, { ...ACCOUNT, selectionCriteria: 'LogGroupName NOT IN ["/shipper"]' }), "pass");
  });

  it("pass with a subscription of their own group, and fail with one of another", () => {
    for (const [name, expected] of [
      ["orders", /^pass$/],
      ["billing", /^fail/],
    ] as const) {
      const stack = new TestStack();
      const groups = {
        orders: stack.add(GROUP, "orders", { name: "/orders" }),
        billing: stack.add(GROUP, "billing", { name: "/billing" }),
      };
      stack.add("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", name, { logGroup: String(groups[name].inputs["name"]) });
      const containerDefinitions = JSON.stringify([{ name: "app", logConfiguration: awslogs }]);
      const made = stack.add("aws:ecs/taskDefinition:TaskDefinition", "orders", { containerDefinitions });
      assert.match(verdictOn(rule, made, stack.resources), expected);
    }
  });

  it("pass with a router beside them, and fail without one, without a driver or with one that keeps lines on the host", () => {
    const router: Json = { name: "router", logConfiguration: awslogs, firelensConfiguration: { type: "fluentbit" } };
    assert.equal(task({ logDriver: "awsfirelens" }, ACCOUNT, [router]), "pass");
    assert.match(task({ logDriver: "awsfirelens" }, ACCOUNT), /its task has no router$/);
    assert.equal(task({ logDriver: "splunk" }), "pass");
    for (const driver of [null, { logDriver: "json-file" }, { logDriver: "none" }])
      assert.match(task(driver, ACCOUNT), /^fail: .* off its host$/);
  });

  it("are not evaluated while they, the policy or what it takes are not known", () => {
    const stack = new TestStack();
    const made = stack.add("aws:ecs/taskDefinition:TaskDefinition", "orders", { containerDefinitions: UNKNOWN });
    assert.equal(verdictOn(rule, made, stack.resources), "nothing", "service-has-logs tells of containers that are not known");
    assert.match(verdictOn(rule, new TestStack().add("aws:ecs/taskDefinition:TaskDefinition", "x")), /^not evaluated: .* is absent/);
    assert.match(task(awslogs, { ...ACCOUNT, policyType: UNKNOWN }), /^not evaluated/);
    assert.match(task(awslogs, { ...ACCOUNT, selectionCriteria: UNKNOWN }), /^not evaluated: whether its log group has a subscription/);
    assert.match(task(awslogs, { ...ACCOUNT, selectionCriteria: "LogGroupName LIKE x" }), /^not evaluated/);
  });

  it("pass when they say why they need none", () => {
    assert.equal(task(awslogs, undefined, [], { "strata:because": "it carries the logs of the others" }), "pass");
    assert.match(task(awslogs, undefined, [], UNKNOWN), /^not evaluated: whether it gives a reason/);
  });
});

describe("every workload has a log route: functions", () => {
  const FUNCTION = "aws:lambda/function:Function";

  for (const known of [true, false])
    it(`pass and fail by the group they name, names ${known ? "known" : "not known yet"}`, () => {
      for (const [policies, expected] of [
        [[ACCOUNT], /^pass$/],
        [[], /^fail: .* it writes to log group orders/],
      ] as const) {
        const stack = new TestStack(known);
        const group = stack.add(GROUP, "orders");
        for (const policy of policies) stack.add(POLICY, "all", policy);
        const lambda = stack.add(FUNCTION, "orders", { loggingConfig: { logGroup: id(group) } });
        assert.match(verdictOn(rule, lambda, stack.resources), expected);
      }
    });

  it("are not evaluated while the group is not known", () => {
    const stack = new TestStack();
    stack.add(POLICY, "all", ACCOUNT);
    const lambda = stack.add(FUNCTION, "orders", { loggingConfig: UNKNOWN });
    assert.equal(verdictOn(rule, lambda, stack.resources), "not evaluated: its log group is not known yet");
  });

  it("are left out where they carry the logs of all others", () => {
    const stack = new TestStack();
    const shipper = stack.add("strata:visibility:LogShipper", "shipper");
    assert.equal(verdictOn(rule, stack.add(FUNCTION, "shipper", { name: "shipper" }, shipper), stack.resources), "nothing");
  });
});

describe("every workload has a log route: pods", () => {
  const SPEC = { template: { spec: { containers: [{ name: "orders" }] } } };

  function deployment(build: (stack: TestStack, add: (type: string, name: string, inputs: Inputs) => void) => void): string {
    const stack = new TestStack();
    const [own, other] = ["own", "other"].map((name) => stack.add("pulumi:providers:kubernetes", name));
    assert.ok(own && other);
    const made = stack.addManaged(own, "kubernetes:apps/v1:Deployment", "orders", { spec: SPEC });
    build(stack, (type, name, inputs) => stack.addManaged(name.startsWith("other") ? other : own, type, name, inputs));
    return verdictOn(rule, made, stack.resources);
  }
  const daemon = (path: Input): Inputs => ({ spec: { template: { spec: { volumes: [{ name: "logs", hostPath: { path } }] } } } });
  const DAEMON = "kubernetes:apps/v1:DaemonSet";

  it("pass with a DaemonSet that reads the logs of every node, and fail without", () => {
    for (const path of ["/var/log", "/var/log/pods", "/var/log/containers/", "/var/lib/docker/containers"])
      assert.equal(
        deployment((_, add) => add(DAEMON, "collector", daemon(path))),
        "pass",
        path,
      );
    assert.match(
      deployment((_, add) => add(DAEMON, "netdata", daemon("/proc"))),
      /^fail: .* nothing in the stack collects/,
    );
    assert.match(
      deployment(() => undefined),
      /^fail/,
    );
  });

  it("pass with a chart or an add-on that brings one", () => {
    assert.equal(
      deployment((_, add) => add("kubernetes:helm.sh/v3:Release", "logs", { chart: "fluent-bit" })),
      "pass",
    );
    assert.equal(
      deployment((stack) => stack.add("aws:eks/addon:Addon", "logs", { addonName: "amazon-cloudwatch-observability" })),
      "pass",
    );
    assert.match(
      deployment((stack) => stack.add("aws:eks/addon:Addon", "dns", { addonName: "coredns" })),
      /^fail/,
    );
  });

  it("fail when the collector is in another cluster", () => {
    assert.match(
      deployment((_, add) => add(DAEMON, "other", daemon("/var/log"))),
      /^fail/,
    );
  });

  it("are not evaluated while what a DaemonSet mounts is not known", () => {
    assert.match(
      deployment((_, add) => add(DAEMON, "collector", { spec: UNKNOWN })),
      /^not evaluated: whether its cluster has a log collector/,
    );
    assert.match(
      deployment((_, add) => add(DAEMON, "collector", daemon(UNKNOWN))),
      /^not evaluated/,
    );
  });
});
