import { type Fact } from "../row";

/** A share that is taken off, or put on, a price. */
export interface Share extends Fact {
  readonly value: number;
}

/** Fargate Spot costs at most this much less than on demand; what it is today differs by zone and hour. */
export const FARGATE_SPOT_DISCOUNT: Share = { value: 0.7, source: "https://aws.amazon.com/fargate/pricing/", date: "2026-11" };

/** What EKS Auto Mode adds to the on-demand price of each instance it runs; no discount lowers it. */
export const EKS_AUTO_MODE_SURCHARGE: Share = { value: 0.12, source: "https://aws.amazon.com/eks/pricing/", date: "2026-11" };
