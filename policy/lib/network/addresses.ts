import { Address4, Address6 } from "ip-address";

/** A block of addresses; a text that is none has no `address`. */
export interface Cidr {
  readonly text: string;
  readonly address: Address4 | Address6 | undefined;
}

const parsed = new Map<string, Cidr>();

/** The CIDR block a text stands for. Parsed once a text. */
export function cidr(text: string): Cidr {
  let block = parsed.get(text);
  if (block === undefined) {
    const address = Address4.isValid(text) ? new Address4(text) : Address6.isValid(text) ? new Address6(text) : undefined;
    block = { text, address };
    parsed.set(text, block);
  }
  return block;
}

const overlaps = new Map<string, boolean>();

/** True when the two blocks have an address in common: blocks are powers of two, so one then holds the other. */
export function overlap(one: Cidr, other: Cidr): boolean {
  if (one.address === undefined || other.address === undefined || one.address.v4 !== other.address.v4) return false;
  const key = `${one.text} ${other.text}`;
  let result = overlaps.get(key);
  if (result === undefined) {
    result = one.address.isInSubnet(other.address) || other.address.isInSubnet(one.address);
    overlaps.set(key, result);
  }
  return result;
}

/**
 * Blocks that no host of the internet has: RFC 1918, RFC 6598 (carrier), RFC 3927 (link local), loopback; RFC 4193 and link local of IPv6.
 * Source: IANA special-purpose address registries (2026-11).
 */
const NOT_PUBLIC = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
  "::1/128",
].map(cidr);

/** True when the block has an address that a host of the internet can have. */
export function isPublic({ address }: Cidr): boolean {
  if (address === undefined) return false;
  return !NOT_PUBLIC.some((block) => block.address !== undefined && block.address.v4 === address.v4 && address.isInSubnet(block.address));
}
