import assert from "node:assert/strict";
import fc from "fast-check";
import { faultLine } from "../../../components/faults";
import { declaredTopics, partitionFaults, topicConfigs, type TopicDeclaration } from "../../../components/persistence/kafka-topics";

const DAY = 86_400_000;

function lines(declarations: readonly TopicDeclaration[], durable = false): string[] {
  return declaredTopics(declarations, durable).faults.map(faultLine);
}

describe("Topics of a catalogue", () => {
  it("are made once, with what any of the services says of them", () => {
    const { topics, faults } = declaredTopics(
      [
        { service: "notifications", topic: "orders.v1" },
        { service: "orders", topic: "orders.v1", partitions: 12, retention: "3d" },
        { service: "stock", topic: "stock.v1" },
      ],
      true,
    );
    assert.deepEqual(faults, []);
    assert.deepEqual(topics, [
      { topic: "orders.v1", partitions: 12, retention: 3 * DAY },
      { topic: "stock.v1", partitions: 6, retention: 7 * DAY },
    ]);
  });

  it("are refused when services that share one disagree, with who said what", () => {
    assert.deepEqual(
      lines([
        { service: "orders", topic: "orders.v1", partitions: 12, retention: "7d" },
        { service: "stock", topic: "orders.v1", partitions: 6, retention: "1d" },
      ]),
      [
        'topic orders.v1: partitions: differs between the services that share it, got "orders: 12, stock: 6"; let one say it',
        'topic orders.v1: retention: differs between the services that share it, got "orders: 7d, stock: 1d"; let one say it',
      ],
    );
  });

  it("must keep something in a durable environment", () => {
    const nothing = [{ service: "orders", topic: "orders.v1", retention: "0d" }];
    assert.match(lines(nothing, true).join(), /retention: keeps nothing in a durable environment/);
    assert.deepEqual(lines(nothing), []);
  });

  it("are refused when they would share variables and metrics, or have a name that Kafka does not take", () => {
    assert.match(
      lines([
        { service: "a", topic: "orders.v1" },
        { service: "b", topic: "orders_v1" },
      ]).join(),
      /has the variables and the metrics of topic orders\.v1/,
    );
    assert.match(lines([{ service: "a", topic: ".." }]).join(), /a name that Kafka refuses/);
  });

  it("never lose a partition", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (now, wanted) => {
        const settings = (partitions: number) => ({ topic: "orders.v1", partitions, retention: DAY });
        assert.equal(partitionFaults(settings(now), settings(wanted)).length, wanted < now ? 1 : 0);
      }),
    );
    assert.match(
      partitionFaults({ topic: "t", partitions: 12, retention: DAY }, { topic: "t", partitions: 6, retention: DAY }).map(faultLine).join(),
      /topic t: partitions: shrink from 12.*got 6; keep 12/,
    );
  });

  it("are configured in Kafka's own words", () => {
    const settings = { topic: "orders.v1", partitions: 6, retention: DAY };
    assert.deepEqual(topicConfigs(settings, { factor: 3, minimumInSync: 2 }), {
      "cleanup.policy": "delete",
      "retention.ms": "86400000",
      "min.insync.replicas": "2",
    });
  });
});
