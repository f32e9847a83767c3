import assert from "node:assert/strict";
import { targetIsNotDearerWithoutReason as rule } from "../../../../policy/architecture/rules/target-is-not-dearer-without-reason";
import type { PackConfig } from "../../../../policy/lib/levels";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Inputs, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

function on(inputs: Inputs, config?: PackConfig): string {
  const service = new TestStack().add("strata:service:Service", "orders", inputs);
  return verdictOn(rule, service, [service], config);
}
const fargate = (usd: number, extra: Inputs = {}): Inputs => ({
  target: "fargate",
  monthlyUsd: { fargate: usd, eks: 140, ecs: 100, "eks-stateful": 160 },
  ...extra,
});

describe("no service runs where it costs more than it has to", () => {
  it("passes on the cheapest target, and on one that is a little dearer", () => {
    for (const usd of [80, 100, 110]) assert.equal(on(fargate(usd)), "pass", String(usd));
    assert.equal(on({ target: "eks", monthlyUsd: { eks: 200 } }), "pass");
  });

  it("fails past that, by the percentage of its settings, and names the cheapest", () => {
    assert.equal(on(fargate(150)), "fail: orders costs $150.00 a month on fargate, 50 % more than $100.00 on ecs");
    assert.match(on(fargate(110.01)), /^fail/);
    assert.equal(on(fargate(150), { [rule.id]: { percent: 50 } }), "pass");
    assert.match(on(fargate(101), { [rule.id]: { percent: 0 } }), /^fail/);
  });

  it("passes where the advisor was overruled with a reason; an empty one is none", () => {
    assert.equal(on(fargate(150, { overruled: "The team runs no instances" })), "pass");
    assert.equal(on({ target: "lambda", monthlyUsd: { ecs: 100 }, overruled: "The team runs no instances" }), "pass");
    assert.match(on(fargate(150, { overruled: " " })), /^fail/);
  });

  it("has nothing to say about a service that declares no prices", () => {
    assert.equal(on({ target: "fargate" }), "nothing");
  });

  it("is not evaluated where what is absent or not known decides, and decided where it does not", () => {
    assert.equal(on({ target: "lambda", monthlyUsd: { ecs: 100 } }), "not evaluated: what it costs on lambda is not known");
    assert.equal(on({ target: "fargate", monthlyUsd: UNKNOWN }), "not evaluated: what it costs on fargate is not known");
    assert.equal(on(fargate(150, { target: UNKNOWN })), "not evaluated: where it runs is not known");
    assert.equal(on(fargate(150, { overruled: UNKNOWN })), "not evaluated: whether it has a reason is not known yet");
    assert.equal(on({ target: "eks", monthlyUsd: { eks: 100, ecs: UNKNOWN } }), "not evaluated: what it costs elsewhere is not known yet");
    assert.equal(on(fargate(100, { overruled: UNKNOWN })), "pass");
    assert.match(on({ target: "eks", monthlyUsd: { eks: 100, ecs: UNKNOWN, fargate: 50 } }), /^fail/);
  });
});
