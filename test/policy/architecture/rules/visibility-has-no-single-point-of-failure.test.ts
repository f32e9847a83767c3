import assert from "node:assert/strict";
import { visibilityHasNoSinglePointOfFailure as rule } from "../../../../policy/architecture/rules/visibility-has-no-single-point-of-failure";
import type { PackConfig } from "../../../../policy/lib/levels";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Input, type Inputs, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

const ECS = "aws:ecs/service:Service";
const TWO_SUBNETS = { networkConfiguration: { subnets: ["a", "b"] } };

function on(type: string, inputs: Inputs, durable: Input = true, component = "strata:visibility:Graphite", config?: PackConfig): string {
  const stack = new TestStack();
  const platform = stack.add("strata:stacks:Platform", "x", { durable });
  const part = stack.add(component, "graphite", {}, platform);
  return verdictOn(rule, stack.add(type, "relay", inputs, part), stack.resources, config);
}

function pods(spec: Inputs, annotations: Inputs = {}): string {
  return on("kubernetes:apps/v1:Deployment", { metadata: { annotations }, spec: { template: { spec: { containers: [] } }, ...spec } });
}

describe("no program of the visibility layer runs once or in one zone", () => {
  it("passes two tasks in two subnets, and fails one, or two in one subnet", () => {
    assert.equal(on(ECS, { desiredCount: 2, ...TWO_SUBNETS }), "pass");
    assert.equal(
      on(ECS, { desiredCount: 1, ...TWO_SUBNETS }),
      "fail: relay is a single point of failure: it has one copy, by desiredCount",
    );
    assert.match(on(ECS, { ...TWO_SUBNETS }), /^fail: .* it has no copy/);
    assert.match(on(ECS, { desiredCount: 2, networkConfiguration: { subnets: ["a"] } }), /^fail: .* stand in one subnet/);
  });

  it("passes two pods, and fails one, none said, or two that are pinned to a zone", () => {
    assert.equal(pods({ replicas: 2 }), "pass");
    assert.match(pods({ replicas: 1 }), /^fail: .* it has one copy, by spec.replicas$/);
    assert.match(pods({}), /^fail/);
    const spec = { containers: [], nodeSelector: { "topology.kubernetes.io/zone": "us-east-1a" } };
    assert.match(pods({ replicas: 2, template: { spec } }), /^fail: .* pinned to us-east-1a$/);
  });

  it("asks nothing of what has one copy on each host, is part of another layer, or is not durable", () => {
    assert.equal(on(ECS, { schedulingStrategy: "DAEMON" }), "nothing");
    assert.equal(on("kubernetes:apps/v1:DaemonSet", {}), "nothing");
    assert.equal(on(ECS, { desiredCount: 1 }, true, "strata:service:Service"), "nothing");
    assert.equal(on(ECS, { desiredCount: 1 }, false), "nothing");
    assert.match(on(ECS, { desiredCount: 1 }, true, "acme:Monitoring", { [rule.id]: { components: ["acme:"] } }), /^fail/);
  });

  it("passes one that says why it is enough", () => {
    assert.equal(pods({ replicas: 1 }, { "strata.dev/because": "counters must be added up in one place" }), "pass");
    assert.equal(on(ECS, { desiredCount: 1, tags: { "strata:because": "counters must be added up in one place" } }), "pass");
    assert.match(on(ECS, { desiredCount: 1, tags: UNKNOWN }), /^not evaluated: whether it gives a reason/);
  });

  it("is not evaluated while the number, the zones or whether it is durable is not known", () => {
    assert.match(on(ECS, { desiredCount: UNKNOWN, ...TWO_SUBNETS }), /^not evaluated: how many copies/);
    assert.match(on(ECS, { desiredCount: 2, networkConfiguration: UNKNOWN }), /^not evaluated: its subnets/);
    assert.match(on(ECS, { desiredCount: 1, ...TWO_SUBNETS }, UNKNOWN), /^not evaluated: whether its environment is durable/);
    assert.match(pods({ replicas: 2, template: UNKNOWN }), /^not evaluated/);
    assert.match(pods({ replicas: 2, template: { spec: { containers: [], nodeSelector: UNKNOWN } } }), /^not evaluated: which nodes/);
  });
});
