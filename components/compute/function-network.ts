import { type Descriptor } from "../service/descriptor";
import { type Need } from "../service/needs";

/**
 * Whether a need is met inside the VPC. Topics and broker queues that are consumed are not among them: the event source mapping reads them from
 * the subnets of the cluster or broker, and the function only gets what was read.
 */
function isInside(need: Need): boolean {
  if ("topic" in need) return need.access === "publish";
  if ("queue" in need) return need.access === "publish" && need.broker !== undefined && need.broker !== "sqs";
  return "store" in need || "cache" in need || "warehouse" in need || "service" in need;
}

/** True when a service's function must stand inside the VPC to reach what it needs. */
export function needsVpc({ needs }: Pick<Descriptor, "needs">): boolean {
  return (needs ?? []).some(isInside);
}
