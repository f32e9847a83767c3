import { EC2_TYPES, type Ec2Type } from "../../../facts/ec2-types";
import { FARGATE_SIZES, type FargateSize } from "../../../facts/fargate-sizes";
import { ECS_LIMITS } from "../../../facts/limits-ecs";
import { EKS_LIMITS } from "../../../facts/limits-eks";
import { LAMBDA_LIMITS } from "../../../facts/limits-lambda";
import { EKS_AUTO_MODE_SURCHARGE, FARGATE_SPOT_DISCOUNT } from "../../../facts/prices/discounts";
import { price, type Price, type PriceItem } from "../../../facts/prices/price";
import { type Limit } from "../../../facts/row";

/** The facts that placement reads; handed in, so that a test or a what-if can bend one. */
export interface PlacementFacts {
  readonly price: (item: PriceItem, region: string) => Price | undefined;
  readonly lambda: Readonly<Record<keyof typeof LAMBDA_LIMITS, Limit>>;
  readonly ecs: Readonly<Record<keyof typeof ECS_LIMITS, Limit>>;
  readonly eks: Readonly<Record<keyof typeof EKS_LIMITS, Limit>>;
  readonly fargateSizes: readonly FargateSize[];
  readonly ec2Types: readonly Ec2Type[];
  readonly fargateSpotDiscount: number;
  readonly eksAutoModeSurcharge: number;
}

/** What `facts/` says. */
export const PLACEMENT_FACTS: PlacementFacts = {
  price,
  lambda: LAMBDA_LIMITS,
  ecs: ECS_LIMITS,
  eks: EKS_LIMITS,
  fargateSizes: FARGATE_SIZES,
  ec2Types: EC2_TYPES,
  fargateSpotDiscount: FARGATE_SPOT_DISCOUNT.value,
  eksAutoModeSurcharge: EKS_AUTO_MODE_SURCHARGE.value,
};
