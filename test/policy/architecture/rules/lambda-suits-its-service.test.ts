import assert from "node:assert/strict";
import { lambdaSuitsItsService as rule } from "../../../../policy/architecture/rules/lambda-suits-its-service";
import type { PackConfig } from "../../../../policy/lib/levels";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Inputs, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

function on(inputs: Inputs, config?: PackConfig): string {
  const service = new TestStack().add("strata:service:Service", "orders", inputs);
  return verdictOn(rule, service, [service], config);
}
const lambda = (start: Inputs[string], memory: Inputs[string]): Inputs => ({ target: "lambda", demand: { start, memory } });

describe("Lambda suits its service", () => {
  it("passes up to the end of the init phase and the memory of the largest function", () => {
    assert.equal(on(lambda(10_000, 10_240)), "pass");
  });

  it("fails past either, and says both", () => {
    assert.equal(on(lambda(10_001, 512)), "fail: orders runs on Lambda: it takes 10.001 s to start, the most is 10 s");
    assert.equal(on(lambda(300, 10_241)), "fail: orders runs on Lambda: it needs 10241 MiB of memory, the most is 10240 MiB");
    assert.match(on(lambda(20_000, 20_000)), /20 s to start.*; it needs 20000 MiB/);
  });

  it("fails past what an environment allows, which can't be more than AWS does", () => {
    assert.match(on(lambda(3_000, 512), { [rule.id]: { startMs: 2_000 } }), /the most is 2 s$/);
    assert.throws(() => on(lambda(3_000, 512), { [rule.id]: { memoryMib: 20_000 } }), /memoryMib/);
  });

  it("has nothing to say about a service that runs elsewhere, or declares nothing, or about other resources", () => {
    assert.equal(on({ ...lambda(90_000, 20_000), target: "ecs" }), "nothing");
    assert.equal(on({}), "nothing");
    assert.equal(verdictOn(rule, new TestStack().add("aws:lambda/function:Function", "fn")), "nothing");
  });

  it("is not evaluated on a target or a demand that is absent or not known, unless the other decides", () => {
    assert.equal(on({ ...lambda(1, 1), target: UNKNOWN }), "not evaluated: where it runs is not known yet");
    assert.equal(on(lambda(UNKNOWN, 512)), "not evaluated: its demand.start is not known yet");
    assert.equal(on({ target: "lambda", demand: { start: 300 } }), "not evaluated: its demand.memory is not declared");
    assert.match(on(lambda(UNKNOWN, 20_000)), /^fail/);
  });
});
