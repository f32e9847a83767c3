import { type Fault } from "../../components/faults";
import { brokerFaults, instancesAcrossZones } from "../../components/persistence/broker-checks";
import { type BusSystem, modeFaults } from "../../components/persistence/bus-mode";
import { cacheFaults } from "../../components/persistence/cache-checks";
import { kafkaFaults } from "../../components/persistence/kafka-checks";
import { cacheCapacity, groupedByQueue, kafkaCapacity, queuesOf, type ServiceNeed, topicsOf, zonesOf } from "../bus-needs";
import { type BusConfig } from "./bus-section";

/** Everything that is wrong with the buses a catalogue needs; for the blueprint, before anything is registered. */
export function busFaults(
  file: string,
  context: { durable: boolean },
  config: BusConfig,
  zoneCount: number,
  needs: readonly ServiceNeed[],
): Fault[] {
  const { durable } = context;
  const zones = zonesOf(zoneCount);
  const used: readonly (readonly [BusSystem, () => Fault[]])[] = [
    ...(needs.some(({ need }) => "topic" in need)
      ? [
          [
            "kafka",
            () => {
              const { topics, faults } = topicsOf(needs, durable);
              const shape = { name: "kafka", durable, zones, capacity: kafkaCapacity(config, zones), topics };
              return [...faults, ...kafkaFaults(`${file}: strata:persistence.kafka`, shape)];
            },
          ] as const,
        ]
      : []),
    ...(["activemq", "rabbitmq"] as const).flatMap((engine) => {
      const grants = queuesOf(needs, engine);
      const brokers = engine === "activemq" ? (grants.length > 0 ? [grants] : []) : groupedByQueue(grants);
      return brokers.map(
        (own) =>
          [
            engine,
            () =>
              brokerFaults(`${file}: strata:persistence.${engine}`, {
                name: engine === "activemq" ? "activemq" : `rabbitmq-${own[0]?.queue}`,
                durable,
                engine,
                instanceType: config[engine].instanceType,
                instances: durable ? instancesAcrossZones(engine) : 1,
                zones: zoneCount,
                grants: own,
              }),
          ] as const,
      );
    }),
    ...(needs.some(({ need }) => "cache" in need)
      ? [
          [
            "cache",
            () => cacheFaults(`${file}: strata:persistence.cache`, { name: "cache", durable, capacity: cacheCapacity(config) }),
          ] as const,
        ]
      : []),
  ];
  return used.flatMap(([system, faults]) => {
    const { mode: chosen, endpoint: given } = config[system];
    const wrong = modeFaults(`${file}: strata:persistence.${system}`, { system, mode: chosen, hasEndpoint: given !== undefined, durable });
    return chosen === "managed" ? [...wrong, ...faults()] : wrong;
  });
}
