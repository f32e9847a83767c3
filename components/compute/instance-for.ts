import { type Ec2Type, EC2_TYPES } from "../../facts/ec2-types";
import { EC2_PRICES } from "../../facts/prices/ec2";
import { RESERVED_MEMORY } from "./placement/targets/instances";

/** CPU units a vCPU. */
const CPU_UNITS = 1_024;
const PRICES: Readonly<Record<string, { readonly usd: Readonly<Record<string, number>> } | undefined>> = EC2_PRICES;

function price({ type }: Ec2Type): number {
  return PRICES[`ec2.${type}`]?.usd["us-east-1"] ?? Infinity;
}

/**
 * The cheapest Graviton instance that has a task to itself, beside what the system keeps and a network interface of its own.
 * @param cpu CPU units that it can use all the time.
 * @param memory MiB.
 * @throws {Error} when no type of `facts/ec2-types` is as big.
 */
export function instanceFor(cpu: number, memory: number): Ec2Type {
  const [cheapest] = EC2_TYPES.filter(
    (type) =>
      type.architecture === "arm64" && type.vcpu * type.baseline * CPU_UNITS >= cpu && type.memory * (1 - RESERVED_MEMORY) >= memory,
  ).sort((left, right) => price(left) - price(right));
  if (!cheapest) throw new Error(`no instance type has room for ${cpu} CPU units and ${memory} MiB`);
  return cheapest;
}
