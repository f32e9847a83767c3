import assert from "node:assert/strict";
import { storeHasDeletionProtection as rule } from "../../../../../policy/security/rules/stores/store-has-deletion-protection";
import type { PackConfig } from "../../../../../policy/lib/levels";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Inputs, TestStack } from "../../../stack";
import { verdictOn } from "../../../verdicts";

function on(type: string, inputs: Inputs, protect: boolean, config?: PackConfig): string {
  return verdictOn(rule, { ...new TestStack().add(type, "store", inputs), protect }, undefined, config);
}

const AWS_PROTECTS = {
  "aws:rds/cluster:Cluster": "deletionProtection",
  "aws:rds/instance:Instance": "deletionProtection",
  "aws:docdb/cluster:Cluster": "deletionProtection",
  "aws:neptune/cluster:Cluster": "deletionProtection",
  "aws:dynamodb/table:Table": "deletionProtectionEnabled",
};

describe("every durable store is protected from deletion", () => {
  for (const [type, property] of Object.entries(AWS_PROTECTS))
    it(`${type} passes with both protections, fails without either, and is not evaluated while ${property} is not known`, () => {
      assert.equal(on(type, { [property]: true }, true), "pass");
      assert.equal(on(type, {}, true), `fail: store can be deleted by a mistake: ${property} is off`);
      assert.equal(on(type, { [property]: true }, false), "fail: store can be deleted by a mistake: it has no resource option protect");
      assert.equal(on(type, { [property]: UNKNOWN }, true), `not evaluated: ${property} is not known yet`);
      assert.equal(on(type, { [property]: true }, false, { [rule.id]: { protect: false } }), "pass");
    });

  for (const type of [
    "aws:s3/bucket:Bucket",
    "aws:msk/cluster:Cluster",
    "aws:mq/broker:Broker",
    "aws:redshiftserverless/namespace:Namespace",
  ])
    it(`${type}, which AWS does not protect, passes and fails by the option of Pulumi alone`, () => {
      assert.equal(on(type, {}, true), "pass");
      assert.match(on(type, {}, false), /^fail/);
    });

  it("fails a bucket that is emptied when it is deleted", () => {
    assert.match(on("aws:s3/bucket:Bucket", { forceDestroy: true }, true), /^fail: .* forceDestroy is on$/);
    assert.match(on("aws:s3/bucket:Bucket", { forceDestroy: UNKNOWN }, true), /^not evaluated/);
  });

  it("asks nothing of an environment that is taken down, and decides nothing while that is not known", () => {
    const asked = (decommissioning: unknown): string => {
      const stack = new TestStack();
      const platform = stack.add("strata:stacks:Platform", "prod", { durable: true, decommissioning } as Inputs);
      return verdictOn(rule, stack.add("aws:rds/instance:Instance", "store", {}, platform), stack.resources);
    };
    assert.equal(asked(true), "nothing");
    assert.match(asked(false), /^fail/);
    assert.match(asked(UNKNOWN), /^not evaluated: whether its environment is durable, and not taken down/);
  });

  it("asks nothing of a replica, nor of what is not durable", () => {
    assert.equal(on("aws:rds/instance:Instance", { replicateSourceDb: "orders" }, false), "nothing");
    assert.equal(on("aws:rds/instance:Instance", {}, false, { [rule.id]: { durable: false } }), "nothing");
    const stack = new TestStack();
    const dev = stack.add("strata:stacks:Platform", "dev", { durable: false });
    assert.equal(verdictOn(rule, stack.add("aws:rds/instance:Instance", "store", {}, dev), stack.resources), "nothing");
  });
});
