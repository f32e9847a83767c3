import { createHash } from "node:crypto";
import { Address4 } from "ip-address";
import { overlaps, parseCidr, type Range } from "../../components/network/cidr";
import { UserError } from "../../components/faults";

/** Where the ranges of ephemeral environments come from; private addresses (RFC 1918) that a stack file of one's own may well leave alone. */
export const EPHEMERAL_POOL = "10.128.0.0/9";

/** Addresses enough for any catalogue, and 2,048 such ranges in the pool. */
export const EPHEMERAL_PREFIX = 20;

const ADDRESS_BITS = 32;

function cidrAt(pool: Range, index: number, prefix: number): string {
  const first = pool.first + BigInt(index) * (1n << BigInt(ADDRESS_BITS - prefix));
  return `${Address4.fromBigInt(first).correctForm()}/${prefix}`;
}

/**
 * A range that shares no address with those taken. It follows from the name as far as it is free: an environment that is made again gets the same
 * one, and two machines that do not see each other's files rarely choose the same.
 * @param taken CIDR blocks in use.
 * @throws {UserError} when the pool is full.
 */
export function freeCidr(name: string, taken: readonly string[], pool = EPHEMERAL_POOL, prefix = EPHEMERAL_PREFIX): string {
  const range = parseCidr(pool);
  const used = taken.map(parseCidr);
  const blocks = 2 ** (prefix - range.prefix);
  const start = createHash("sha256").update(name).digest().readUInt32BE(0) % blocks;
  for (let step = 0; step < blocks; step++) {
    const candidate = cidrAt(range, (start + step) % blocks, prefix);
    if (!used.some((block) => overlaps(block, parseCidr(candidate)))) return candidate;
  }
  throw new UserError(`${name}: no /${prefix} of ${pool} is free; destroy environments that are expired, or reserve less of it`);
}
