import { KAFKA_BROKERS, KAFKA_VERSIONS, MSK_LIMITS } from "../../facts/msk";
import { type Fault } from "../faults";
import { type Replication, type TopicSettings } from "./kafka-topics";

/** Brokers that are always there. */
export interface ProvisionedKafka {
  readonly kind: "provisioned";
  /** Such as `kafka.m7g.large` or `express.m7g.large`. Standard and Express cannot be turned into each other. */
  readonly brokerType: string;
  /** A multiple of the zones; can grow. */
  readonly brokers: number;
  /** GiB of a broker's volume at first, and how far it may grow by itself; absent on Express, which has none. Never shrinks. */
  readonly storage?: { readonly initial: number; readonly maximum: number };
  /** One of `KAFKA_VERSIONS`. A later one upgrades in place, an earlier one replaces the cluster. Default: `KAFKA_VERSION`. */
  readonly version?: string;
}

/** MSK Serverless: no brokers to choose, and topics that no resource can make. */
export interface ServerlessKafka {
  readonly kind: "serverless";
}

export type KafkaCapacity = ProvisionedKafka | ServerlessKafka;

/** What decides whether MSK takes a cluster. */
export interface KafkaShape {
  readonly name: string;
  readonly durable: boolean;
  /** Availability zones it spans. */
  readonly zones: number;
  readonly capacity: KafkaCapacity;
  readonly topics: readonly TopicSettings[];
}

/** Pulumi ends physical names with a hyphen and seven digits. */
const NAME_ROOM = 8;

export function isExpress(brokerType: string): boolean {
  return brokerType.startsWith("express.");
}

/** Three copies where there are as many brokers, and one may be away without stopping writers. */
export function replicationOf({ brokers, brokerType }: ProvisionedKafka): Replication {
  const factor = Math.min(3, brokers);
  return isExpress(brokerType) ? { factor } : { factor, minimumInSync: Math.max(1, factor - 1) };
}

/** What MSK would refuse, or take and regret. */
export function kafkaFaults(key: string, shape: KafkaShape): Fault[] {
  const longest = MSK_LIMITS.clusterName.value - NAME_ROOM;
  const faults: Fault[] = [];
  if (shape.name.length > longest)
    faults.push({ key, what: "has an identifier that is too long", got: shape.name, right: `give at most ${longest} characters` });
  return shape.capacity.kind === "serverless"
    ? [...faults, ...zoneFaults(key, shape.zones, MSK_LIMITS.zones.standard)]
    : [...faults, ...provisionedFaults(key, shape, shape.capacity)];
}

function zoneFaults(key: string, zones: number, allowed: readonly number[]): Fault[] {
  return allowed.includes(zones)
    ? []
    : [
        {
          key: `${key}.zones`,
          what: "is not a number of zones that these brokers span",
          got: zones,
          right: `give ${allowed.join(" or ")}`,
        },
      ];
}

function provisionedFaults(key: string, { durable, zones, topics }: KafkaShape, capacity: ProvisionedKafka): Fault[] {
  const { brokerType, brokers } = capacity;
  const size = KAFKA_BROKERS.find(({ type }) => type === brokerType);
  if (!size)
    return [
      {
        key: `${key}.brokerType`,
        what: "is a broker type that does not exist or is not offered here",
        got: brokerType,
        right: `give one of ${KAFKA_BROKERS.map(({ type }) => type).join(", ")}`,
      },
    ];
  const express = size.kind === "express";
  const faults = [...zoneFaults(key, zones, MSK_LIMITS.zones[size.kind]), ...versionFaults(key, capacity, express)];
  if (brokers < 1 || brokers % zones !== 0)
    faults.push({
      key: `${key}.brokers`,
      what: "is not a multiple of the availability zones",
      got: brokers,
      right: `give a multiple of ${zones}`,
    });
  if (durable && size.burstable)
    faults.push({
      key: `${key}.brokerType`,
      what: "is burstable, which does not fit a durable environment",
      got: brokerType,
      right: "give kafka.m7g.large or larger",
    });
  faults.push(...(express ? expressStorageFaults(key, capacity) : standardStorageFaults(key, capacity)));
  const replicas = topics.reduce((sum, { partitions }) => sum + partitions, 0) * replicationOf(capacity).factor;
  if (size.partitions !== undefined && replicas > size.partitions * brokers)
    faults.push({
      key: `${key}.brokerType`,
      what: `does not fit ${replicas} replicas of partitions`,
      got: brokerType,
      right: `give brokers for more than ${size.partitions * brokers}, or fewer partitions`,
    });
  return faults;
}

function versionFaults(key: string, { version }: ProvisionedKafka, express: boolean): Fault[] {
  const fitting = KAFKA_VERSIONS.filter((candidate) => !express || candidate.express).map((candidate): string => candidate.version);
  return version === undefined || fitting.includes(version)
    ? []
    : [
        {
          key: `${key}.version`,
          what: "is a version that does not exist or does not fit the brokers",
          got: version,
          right: `give one of ${fitting.join(", ")}`,
        },
      ];
}

function expressStorageFaults(key: string, { storage }: ProvisionedKafka): Fault[] {
  return storage === undefined
    ? []
    : [
        {
          key: `${key}.storage`,
          what: "is given for Express brokers, which have storage of their own",
          got: storage,
          right: "leave it out",
        },
      ];
}

function standardStorageFaults(key: string, { storage }: ProvisionedKafka): Fault[] {
  const { least, most } = MSK_LIMITS.storageGib;
  if (storage === undefined)
    return [{ key: `${key}.storage`, what: "is missing for standard brokers", right: `give ${least} to ${most} GiB` }];
  return storage.initial >= least && storage.initial <= storage.maximum && storage.maximum <= most
    ? []
    : [{ key: `${key}.storage`, what: "is out of range", got: storage, right: `give initial ≤ maximum, each ${least} to ${most} GiB` }];
}
