import assert from "node:assert/strict";
import { faultLine } from "../../../components/faults";
import { BUS_MODES, BUS_SYSTEMS, type BusChoice, isEndpointOnly, modeFaults } from "../../../components/persistence/bus-mode";

function lines(change: Partial<BusChoice>): string {
  return modeFaults("strata:persistence.kafka", { system: "kafka", mode: "managed", hasEndpoint: false, durable: false, ...change })
    .map(faultLine)
    .join("\n");
}

describe("Who runs a message bus", () => {
  it("is AWS, the team or somebody else, for each system", () => {
    const endpointOnly = BUS_SYSTEMS.flatMap((system) =>
      BUS_MODES.filter((mode) => isEndpointOnly({ system, mode })).map((mode) => `${system} ${mode}`),
    );
    assert.deepEqual(endpointOnly, [
      "kafka self-managed",
      "kafka adopted",
      "activemq self-managed",
      "activemq adopted",
      "rabbitmq self-managed",
      "rabbitmq adopted",
      "cache adopted",
    ]);
  });

  it("asks for the endpoint of what is not made here, and says that brokers of one's own run on EKS", () => {
    assert.match(lines({ mode: "adopted" }), /endpoint: is missing for a system that exists already/);
    assert.match(lines({ mode: "self-managed" }), /a self-managed kafka runs on EKS .* comes in by its endpoint/);
    assert.equal(lines({ mode: "self-managed", hasEndpoint: true, durable: true }), "");
  });

  it("refuses an endpoint of what is made here", () => {
    assert.match(lines({ hasEndpoint: true }), /endpoint: is given for a system that is made here \(managed\)/);
    assert.match(lines({ system: "cache", mode: "self-managed", hasEndpoint: true }), /made here \(self-managed\)/);
  });

  it("refuses one task as the cache of a durable environment", () => {
    assert.match(lines({ system: "cache", mode: "self-managed", durable: true }), /mode: is one task, a single point of failure/);
    assert.equal(lines({ system: "cache", mode: "self-managed" }), "");
  });
});
