import { price, type PriceItem } from "../../facts/prices/price";
import { HOURS_PER_MONTH } from "../compute/placement/load";

/** Something that costs by the month. */
export interface CostLine {
  /** What it is for. */
  readonly what: string;
  readonly item: PriceItem;
  /** Units of the item in a month: hours, GB-months. */
  readonly quantity: number;
}

/** A line with its price; undefined is unpriced, and counted nowhere. */
export interface PricedLine extends CostLine {
  readonly usd: number | undefined;
}

/** Work that running a system oneself takes. An assumption, so it is said with every comparison. */
export interface Operating {
  readonly hoursPerMonth: number;
  readonly usdPerHour: number;
}

export type AdvisedSystem = "cache" | "kafka" | "activemq";

/**
 * Hours a month that a team is assumed to spend on upgrades, certificates, disks, rebalancing and being called. No source has these numbers;
 * their order is the guide's: Redis is the easiest to run oneself, ActiveMQ and Kafka are harder. Give your own.
 */
export const ASSUMED_HOURS: Readonly<Record<AdvisedSystem, number>> = { cache: 2, activemq: 8, kafka: 16 };

/** What an hour of an engineer is assumed to cost, in USD; an assumption too. */
export const ASSUMED_USD_PER_HOUR = 80;

/** One way to run a system. */
export interface Way {
  readonly lines: readonly PricedLine[];
  /** USD a month of what is priced. */
  readonly infrastructure: number;
  /** USD a month of the team's work. */
  readonly work: number;
  readonly total: number;
  /** What has no price in the region. */
  readonly unpriced: readonly string[];
}

export interface SelfManagedAdvice {
  readonly system: AdvisedSystem;
  readonly managed: Way;
  readonly selfManaged: Way;
  readonly operating: Operating;
  /** `unknown` when something unpriced could turn it round. */
  readonly cheaper: "managed" | "self-managed" | "unknown";
  /** The numbers that decided, in one sentence. */
  readonly because: string;
}

/** A declared size. */
export type AdvisedSize =
  | {
      readonly system: "cache";
      readonly nodeType: string;
      readonly nodes: number;
      /** A task that does the work of one node. */
      readonly task: { readonly vcpu: number; readonly gb: number };
    }
  | { readonly system: "kafka"; readonly brokerType: string; readonly brokers: number; readonly storageGb: number }
  | { readonly system: "activemq"; readonly instanceType: string; readonly brokers: number; readonly storageGb: number };

/** EC2 instance that does the work of a broker where EC2 has none of the managed type's name with a price. */
const OTHERWISE: PriceItem = "ec2.m7g.large";
/** KRaft wants an odd number of controllers beside the brokers, which MSK does not charge for. */
const CONTROLLERS = { count: 3, item: "ec2.t4g.medium" } as const;

function ways(size: AdvisedSize): { readonly managed: readonly CostLine[]; readonly selfManaged: readonly CostLine[] } {
  const hours = (count: number) => count * HOURS_PER_MONTH;
  if (size.system === "cache")
    return {
      managed: [
        { what: `${size.nodes} × ${size.nodeType}`, item: `elasticache.valkey.${size.nodeType}` as PriceItem, quantity: hours(size.nodes) },
      ],
      selfManaged: [
        {
          what: `${size.nodes} tasks of ${size.task.vcpu} vCPU`,
          item: "fargate.vcpu-hour.arm64",
          quantity: hours(size.nodes * size.task.vcpu),
        },
        { what: `and ${size.task.gb} GB each`, item: "fargate.gb-hour.arm64", quantity: hours(size.nodes * size.task.gb) },
      ],
    };
  if (size.system === "kafka")
    return {
      managed: [
        { what: `${size.brokers} × ${size.brokerType}`, item: `msk.${size.brokerType}` as PriceItem, quantity: hours(size.brokers) },
        { what: "storage", item: "msk.storage", quantity: size.brokers * size.storageGb },
      ],
      selfManaged: [
        { what: `${size.brokers} brokers`, item: ownBroker(size.brokerType), quantity: hours(size.brokers) },
        { what: `${CONTROLLERS.count} controllers`, item: CONTROLLERS.item, quantity: hours(CONTROLLERS.count) },
        { what: "volumes", item: "ebs.gp3", quantity: size.brokers * size.storageGb },
      ],
    };
  const pair = size.brokers === 2 ? ".pair" : "";
  return {
    managed: [{ what: `${size.brokers} × ${size.instanceType}`, item: `${size.instanceType}${pair}` as PriceItem, quantity: hours(1) }],
    selfManaged: [
      { what: `${size.brokers} brokers`, item: ownBroker(size.instanceType), quantity: hours(size.brokers) },
      { what: "volumes", item: "ebs.gp3", quantity: size.brokers * size.storageGb },
    ],
  };
}

function ownBroker(type: string): PriceItem {
  const size = type.replace(/^(kafka|mq|express)\./, "");
  return size.startsWith("m7g.") ? `ec2.${size}` : OTHERWISE;
}

function way(lines: readonly CostLine[], region: string, work: number): Way {
  const priced = lines.map((line) => {
    const unit = price(line.item, region);
    return { ...line, usd: unit && unit.usd * line.quantity };
  });
  const infrastructure = priced.reduce((sum, { usd }) => sum + (usd ?? 0), 0);
  return {
    lines: priced,
    infrastructure,
    work,
    total: infrastructure + work,
    unpriced: priced.filter(({ usd }) => usd === undefined).map(({ what }) => what),
  };
}

/** The cheaper one, unless what has no price could make it the dearer one. */
function cheaperOf(managed: Way, selfManaged: Way): SelfManagedAdvice["cheaper"] {
  const lower = managed.total <= selfManaged.total ? managed : selfManaged;
  if (lower.unpriced.length > 0) return "unknown";
  return lower === managed ? "managed" : "self-managed";
}

function dollars(usd: number): string {
  return `${usd.toFixed(0)} USD`;
}

function said(name: string, { infrastructure, work, total, unpriced }: Way): string {
  const parts = work > 0 ? ` (${dollars(infrastructure)} and ${dollars(work)} of work)` : "";
  return `${name} ${dollars(total)} a month${parts}${unpriced.length > 0 ? `, without ${unpriced.join(", ")}, unpriced` : ""}`;
}

/**
 * What it costs to let AWS run a message bus, and to run the same size oneself on the container platform. The sibling of placement advice.
 * @param operating default: {@link ASSUMED_HOURS} at {@link ASSUMED_USD_PER_HOUR}.
 */
export function adviseSelfManaged(size: AdvisedSize, region: string, operating?: Operating): SelfManagedAdvice {
  const { system } = size;
  const effort = operating ?? { hoursPerMonth: ASSUMED_HOURS[system], usdPerHour: ASSUMED_USD_PER_HOUR };
  const lines = ways(size);
  const managed = way(lines.managed, region, 0);
  const selfManaged = way(lines.selfManaged, region, effort.hoursPerMonth * effort.usdPerHour);
  return {
    system,
    managed,
    selfManaged,
    operating: effort,
    cheaper: cheaperOf(managed, selfManaged),
    because: [
      said("managed", managed),
      said("self-managed", selfManaged),
      `assumed ${effort.hoursPerMonth} h a month of ${dollars(effort.usdPerHour)} each to run it`,
    ].join("; "),
  };
}
