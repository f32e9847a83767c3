import assert from "node:assert/strict";
import fc from "fast-check";
import { difference } from "../../../automation/rehearse/difference";
import { type Properties, UNKNOWN } from "../../../plan/graph";

const TYPE = "aws:sns/topic:Topic";
const KAFKA = "aws:msk/cluster:Cluster";

describe("the difference of two sets of inputs", () => {
  it("says which properties are new, changed and gone", () => {
    const { changes } = difference(TYPE, { name: "a", size: 1, tags: { owner: "x" } }, { name: "a", size: 2, port: 80 });
    assert.deepEqual(changes, { size: "update", tags: "delete", port: "add" });
  });

  it("looks inside objects and lists, and not at the order of keys", () => {
    const olds: Properties = { rules: [{ from: 1, to: 2 }] };
    assert.deepEqual(difference(TYPE, olds, { rules: [{ to: 2, from: 1 }] }).changes, {});
    assert.deepEqual(difference(TYPE, olds, { rules: [{ from: 1, to: 3 }] }).changes, { rules: "update" });
  });

  it("takes a value that is not known yet for a change, wherever it is", () => {
    assert.deepEqual(difference(TYPE, { subnets: ["subnet-1"] }, { subnets: [UNKNOWN] }).changes, { subnets: "update" });
  });

  it("replaces only for a replacing property that changes", () => {
    const olds = {
      clusterName: "a",
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: { clientSubnets: ["subnet-1"], instanceType: "kafka.m7g.large" },
    };
    const changed = (news: Properties): readonly string[] => difference(KAFKA, olds, { ...olds, ...news }).replaces;
    assert.deepEqual(changed({ numberOfBrokerNodes: 6 }), []);
    assert.deepEqual(changed({ clusterName: "b", numberOfBrokerNodes: 6 }), ["clusterName"]);
  });

  it("replaces for a property inside another, and names its path", () => {
    const olds = { brokerNodeGroupInfo: { clientSubnets: ["subnet-1"], securityGroups: ["sg-1"] } };
    const changed = (info: Properties): readonly string[] =>
      difference(KAFKA, olds, { brokerNodeGroupInfo: { ...olds.brokerNodeGroupInfo, ...info } }).replaces;
    assert.deepEqual(changed({ connectivityInfo: {} }), []);
    assert.deepEqual(changed({ securityGroups: ["sg-2"] }), ["brokerNodeGroupInfo.securityGroups"]);
    assert.deepEqual(changed({ securityGroups: [UNKNOWN] }), ["brokerNodeGroupInfo.securityGroups"]);
  });

  it("replaces where facts say when, and then only", () => {
    const changed = (before: string, after: string): readonly string[] =>
      difference(KAFKA, { kafkaVersion: before }, { kafkaVersion: after }).replaces;
    assert.deepEqual(changed("3.7.x", "3.9.x"), []);
    assert.deepEqual(changed("3.9.x", "3.7.x"), ["kafkaVersion"]);
    assert.deepEqual(changed("3.9.x", "3.9.x.kraft"), ["kafkaVersion"]);
    assert.deepEqual(changed("3.9.x", UNKNOWN), []);
  });

  it("knows nothing of what a provider writes down for itself", () => {
    assert.deepEqual(difference(TYPE, { name: "a", __defaults: ["name"] }, { name: "a" }).changes, {});
  });

  it("is empty between any inputs and themselves", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (inputs) => {
        assert.deepEqual(difference(KAFKA, inputs as Properties, structuredClone(inputs) as Properties), {
          changes: {},
          replaces: [],
        });
      }),
    );
  });
});
