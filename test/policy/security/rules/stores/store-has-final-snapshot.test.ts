import assert from "node:assert/strict";
import { storeHasFinalSnapshot as rule } from "../../../../../policy/security/rules/stores/store-has-final-snapshot";
import type { PackConfig } from "../../../../../policy/lib/levels";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Inputs, TestStack } from "../../../stack";
import { verdictOn } from "../../../verdicts";

function on(type: string, inputs: Inputs, config?: PackConfig): string {
  return verdictOn(rule, new TestStack().add(type, "store", inputs), undefined, config);
}

describe("every durable store takes a last snapshot", () => {
  for (const type of [
    "aws:rds/cluster:Cluster",
    "aws:rds/instance:Instance",
    "aws:docdb/cluster:Cluster",
    "aws:neptune/cluster:Cluster",
    "aws:redshift/cluster:Cluster",
  ])
    it(`${type} passes when it names one, fails when it skips or names none, and is not evaluated while that is not known`, () => {
      assert.equal(on(type, { finalSnapshotIdentifier: "orders-final-1" }), "pass");
      assert.equal(on(type, { finalSnapshotIdentifier: UNKNOWN }), "pass");
      assert.match(on(type, {}), /^fail: .* it names none: finalSnapshotIdentifier is absent$/);
      assert.match(on(type, { finalSnapshotIdentifier: "x", skipFinalSnapshot: true }), /^fail: .* skipFinalSnapshot is on$/);
      assert.match(on(type, { finalSnapshotIdentifier: "x", skipFinalSnapshot: UNKNOWN }), /^not evaluated/);
    });

  it("asks nothing of what takes none, of replicas, and of caches unless told to", () => {
    const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
    assert.equal(on("aws:dynamodb/table:Table", {}), "nothing");
    assert.equal(on("aws:rds/instance:Instance", { replicateSourceDb: "orders" }), "nothing");
    assert.equal(on(cache, {}), "nothing");
    assert.match(on(cache, {}, { [rule.id]: { caches: true } }), /^fail/);
    assert.match(on("aws:memorydb/cluster:Cluster", {}), /^fail: .* finalSnapshotName is absent$/);
  });

  it("asks nothing of what is not durable, and is not evaluated while that is not known", () => {
    for (const [durable, expected] of [
      [false, /^nothing$/],
      [UNKNOWN, /^not evaluated: whether its environment is durable/],
    ] as const) {
      const stack = new TestStack();
      const platform = stack.add("strata:stacks:Platform", "x", { durable });
      assert.match(verdictOn(rule, stack.add("aws:rds/instance:Instance", "store", {}, platform), stack.resources), expected);
    }
  });
});
