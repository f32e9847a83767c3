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

/** AWS services that a function calls from inside the VPC, by the names of their endpoints. */
export function calledServices({ needs }: Pick<Descriptor, "needs">): readonly string[] {
  const called = (needs ?? []).flatMap((need) => {
    if ("bucket" in need) return ["s3"];
    if ("table" in need) return ["dynamodb"];
    if ("queue" in need && (need.broker ?? "sqs") === "sqs") return ["sqs"];
    return "secret" in need || "store" in need || "queue" in need || "cache" in need || "warehouse" in need ? ["secretsmanager"] : [];
  });
  return [...new Set(called)];
}
