import { ConfigError } from "../components/faults";
import { instancesAcrossZones } from "../components/persistence/broker-checks";
import {
  type AdvisedSize,
  type AdvisedSystem,
  adviseSelfManaged,
  type SelfManagedAdvice,
} from "../components/persistence/self-managed-advice";
import { CACHE_NODES } from "../facts/elasticache";
import { fargateSizeFor } from "../facts/fargate-sizes";
import { readCatalogue } from "../stacks/catalogue";
import { cacheCapacity, kafkaCapacity, serviceNeeds, zonesOf } from "../stacks/bus-needs";
import { type EnvironmentConfig, readEnvironment } from "../stacks/environment";
import { readStackFile } from "./stack-file";

/** What is said of one bus that services need. */
export type BusAdvice = { readonly system: AdvisedSystem; readonly mode: EnvironmentConfig["persistence"]["kafka"]["mode"] } & (
  { readonly advice: SelfManagedAdvice } | { readonly why: string }
);

const CPU_UNITS = 1_024;
const MIB_PER_GB = 1_024;
/** Amazon MQ keeps ActiveMQ's messages on storage of its own that grows; a broker one runs oneself wants a volume of about this. */
const ACTIVEMQ_VOLUME_GB = 20;

/** The declared size of a bus, or why there is none to compare. */
function sizeOf(system: AdvisedSystem, { persistence, network, environment }: EnvironmentConfig): AdvisedSize | string {
  if (system === "kafka") {
    const capacity = kafkaCapacity(persistence, zonesOf(network.availabilityZones.length));
    if (capacity.kind === "serverless") return "it is serverless, and has no size that could be run elsewhere";
    const { brokerType, brokers, storage } = capacity;
    return storage
      ? { system, brokerType, brokers, storageGb: storage.initial }
      : "Express brokers have storage of their own kind, which nobody else runs";
  }
  if (system === "activemq") {
    const { instanceType } = persistence.activemq;
    return { system, instanceType, brokers: environment.durable ? instancesAcrossZones(system) : 1, storageGb: ACTIVEMQ_VOLUME_GB };
  }
  const capacity = cacheCapacity(persistence);
  if (capacity.kind !== "nodes") return "it is serverless, and has no size that could be run elsewhere";
  const { nodeType, nodes } = capacity;
  const node = CACHE_NODES.find(({ type }) => type === nodeType);
  if (!node) return `the memory of ${nodeType} is not known, and so not what a task would need`;
  const { cpu, memory } = fargateSizeFor(0, node.memory * MIB_PER_GB);
  return { system, nodeType, nodes, task: { vcpu: cpu / CPU_UNITS, gb: memory / MIB_PER_GB } };
}

/** The buses that services of the catalogue need. */
function needed(root: string, { services }: EnvironmentConfig): AdvisedSystem[] {
  const { entries, faults } = readCatalogue(root);
  if (faults.length > 0) throw new ConfigError(faults);
  const needs = serviceNeeds(entries.map(({ descriptor }) => descriptor).filter(({ name }) => services[name]?.enabled !== false)).map(
    ({ need }) => need,
  );
  const asked: Readonly<Record<AdvisedSystem, boolean>> = {
    kafka: needs.some((need) => "topic" in need),
    activemq: needs.some((need) => "queue" in need && need.broker === "activemq"),
    cache: needs.some((need) => "cache" in need),
  };
  return (Object.keys(asked) as AdvisedSystem[]).filter((system) => asked[system]);
}

/**
 * Compares, for each bus that services need, what it costs to let AWS run it and to run the declared size oneself.
 * @throws {ConfigError} with every fault of the configuration.
 */
export function adviseBuses(root: string, name: string): BusAdvice[] {
  const environment = readEnvironment(name, readStackFile(root, name).config);
  if (!environment.value) throw new ConfigError(environment.faults);
  const config = environment.value;
  return needed(root, config).map((system) => {
    const size = sizeOf(system, config);
    const { mode } = config.persistence[system];
    return typeof size === "string" ? { system, mode, why: size } : { system, mode, advice: adviseSelfManaged(size, config.aws.region) };
  });
}
