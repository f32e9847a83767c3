import { type Fact } from "../row";

/** What a price is for. */
export type PriceUnit =
  | "h"
  | "vCPU-h"
  | "GB-h"
  | "LCU-h"
  | "ACU-h"
  | "RPU-h"
  | "GB-second"
  | "GB"
  | "GB-month"
  | "IOPS-month"
  | "MiBps-month"
  | "metric-month"
  | "month"
  | "million";

/** A price in every region where it is known; a region that is absent is unpriced, never guessed. */
export interface PriceRow extends Fact {
  readonly unit: PriceUnit;
  /** US dollars a unit, by region, without tax, free tier or discount. */
  readonly usd: Readonly<Record<string, number>>;
}

/** Prices by item. */
export type PriceTable = Readonly<Record<string, PriceRow>>;
