import assert from "node:assert/strict";
import { nameDoesNotBlockRecreation as rule } from "../../../../policy/architecture/rules/name-does-not-block-recreation";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Inputs, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

function on(type: string, inputs: Inputs, deleteBeforeReplace?: boolean): string {
  return verdictOn(rule, { ...new TestStack().add(type, "orders", inputs), ...(deleteBeforeReplace && { deleteBeforeReplace }) });
}

describe("no fixed name keeps a resource from being replaced", () => {
  for (const [type, name] of [
    ["aws:lb/targetGroup:TargetGroup", "name"],
    ["aws:rds/cluster:Cluster", "clusterIdentifier"],
    ["aws:rds/instance:Instance", "identifier"],
    ["aws:mq/broker:Broker", "brokerName"],
    ["aws:ec2/securityGroup:SecurityGroup", "name"],
    ["aws:s3/bucket:Bucket", "bucket"],
  ] as const)
    it(`${type} fails with a fixed ${name}, passes without one or with one that Pulumi made, and is not evaluated while it is not known`, () => {
      assert.match(on(type, { [name]: "orders" }), new RegExp(`^fail: orders has the fixed ${name} "orders"; a change of .* replaces it$`));
      assert.equal(on(type, {}), "pass");
      assert.equal(on(type, { [name]: "orders-0a1b2c3" }), "pass");
      assert.equal(on(type, { [name]: UNKNOWN }), `not evaluated: ${name} is not known yet`);
    });

  it("passes one that is deleted before it is replaced, one that gives a reason, and a name that AWS looks for", () => {
    assert.equal(on("aws:lb/targetGroup:TargetGroup", { name: "orders" }, true), "pass");
    assert.equal(on("aws:lb/targetGroup:TargetGroup", { name: "orders", tags: { "strata:because": "a partner names it" } }), "pass");
    assert.match(on("aws:lb/targetGroup:TargetGroup", { name: "orders", tags: UNKNOWN }), /^not evaluated: whether it gives a reason/);
    assert.equal(on("aws:cloudwatch/logGroup:LogGroup", { name: "/aws/eks/prod/cluster" }), "pass");
  });

  it("asks nothing of a name that belongs to another, that must be given, or that nothing but itself replaces", () => {
    assert.equal(on("aws:rds/clusterInstance:ClusterInstance", { clusterIdentifier: "orders" }), "pass");
    assert.equal(on("aws:ecs/taskDefinition:TaskDefinition", { family: "orders" }), "nothing");
    assert.equal(on("aws:msk/topic:Topic", { name: "orders.v1" }), "nothing");
    assert.equal(on("aws:redshiftserverless/namespace:Namespace", { namespaceName: "orders" }), "nothing");
    assert.equal(on("aws:rds/subnetGroup:SubnetGroup", { name: "orders" }), "nothing");
  });

  it("takes a name that was cut short for made up, and one of another resource for fixed", () => {
    assert.equal(on("aws:lb/targetGroup:TargetGroup", { name: "ord-0a1b2c3" }), "pass");
    assert.match(on("aws:lb/targetGroup:TargetGroup", { name: "billing-0a1b2c3" }), /^fail/);
  });
});
