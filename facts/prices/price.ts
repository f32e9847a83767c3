import { type Fact } from "../row";
import { COMPUTE_PRICES } from "./compute";
import { DATA_PRICES } from "./data";
import { EC2_PRICES } from "./ec2";
import { DATABASE_PRICES } from "./databases";
import { LOG_PRICES } from "./logs";
import { MESSAGING_PRICES } from "./messaging";
import { NETWORK_PRICES } from "./network";
import { SECURITY_PRICES } from "./security";
import { STORAGE_PRICES } from "./storage";
import { type PriceTable, type PriceUnit } from "./table";

/** Regions that have prices at all; us-west-2 those of what is copied there alone. */
export const PRICED_REGIONS = ["us-east-1", "eu-west-1", "us-west-2"] as const;

/** Everything with a price. */
export const PRICES = {
  ...COMPUTE_PRICES,
  ...EC2_PRICES,
  ...NETWORK_PRICES,
  ...DATA_PRICES,
  ...MESSAGING_PRICES,
  ...LOG_PRICES,
  ...STORAGE_PRICES,
  ...DATABASE_PRICES,
  ...SECURITY_PRICES,
} as const satisfies PriceTable;

/** Something that has a price; instance types are asked for by name, and may be unpriced. */
export type PriceItem = keyof typeof PRICES | `ec2.${string}`;

/** A price in one region. */
export interface Price extends Fact {
  /** US dollars a unit. */
  readonly usd: number;
  readonly unit: PriceUnit;
}

const TABLE: PriceTable = PRICES;

/** True for something that has a price in some region. */
export function isPriceItem(name: string): name is keyof typeof PRICES {
  return Object.hasOwn(TABLE, name);
}

/**
 * What an item costs.
 * @param item such as `fargate.vcpu-hour.arm64` or `ec2.m7g.large`.
 * @param region such as `us-east-1`.
 * @returns undefined when it is unpriced: say so, never count it as nothing.
 */
export function price(item: PriceItem, region: string): Price | undefined {
  const row = TABLE[item];
  const usd = row?.usd[region];
  if (row === undefined || usd === undefined) return undefined;
  return { usd, unit: row.unit, source: row.source, date: row.date };
}
