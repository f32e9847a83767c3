import assert from "node:assert/strict";
import { faultLine } from "../../../components/faults";
import { declaredTopics, topicConfigs, type TopicDeclaration } from "../../../components/persistence/kafka-topics";

const DAY = 86_400_000;

/** What services say, each in the first of its needs. */
function said(declarations: readonly Omit<TopicDeclaration, "key">[]): TopicDeclaration[] {
  return declarations.map((declaration) => ({ ...declaration, key: `services/${declaration.service}/service.yaml: needs[0]` }));
}

function lines(declarations: readonly Omit<TopicDeclaration, "key">[], durable = false): string[] {
  return declaredTopics(said(declarations), durable).faults.map(faultLine);
}

describe("Topics of a catalogue", () => {
  it("are made once, with what any of the services says of them", () => {
    const { topics, faults } = declaredTopics(
      said([
        { service: "notifications", topic: "orders.v1" },
        { service: "orders", topic: "orders.v1", partitions: 12, retention: "3d" },
        { service: "stock", topic: "stock.v1" },
      ]),
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
        'services/orders/service.yaml: needs[0].partitions, services/stock/service.yaml: needs[0].partitions: differs between the services that share it, got "orders: 12, stock: 6"; let one say it',
        'services/orders/service.yaml: needs[0].retention, services/stock/service.yaml: needs[0].retention: differs between the services that share it, got "orders: 7d, stock: 1d"; let one say it',
      ],
    );
  });

  it("must keep something in a durable environment", () => {
    const nothing = [{ service: "orders", topic: "orders.v1", retention: "0d" }];
    assert.match(
      lines(nothing, true).join(),
      /^services\/orders\/service\.yaml: needs\[0\]\.retention: keeps nothing in a durable environment/,
    );
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

  it("are configured in Kafka's own words", () => {
    const settings = { topic: "orders.v1", partitions: 6, retention: DAY };
    assert.deepEqual(topicConfigs(settings, { factor: 3, minimumInSync: 2 }), {
      "cleanup.policy": "delete",
      "retention.ms": "86400000",
      "min.insync.replicas": "2",
    });
  });
});
