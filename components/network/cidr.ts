import { Address4 } from "ip-address";

/** A range of IPv4 addresses, both ends included. */
export interface Range {
  readonly first: bigint;
  readonly last: bigint;
  /** Length of the prefix: 16 for a /16. */
  readonly prefix: number;
}

/**
 * Reads a CIDR block.
 * @throws {Error} when the text is not one; configuration is checked by its schema before it gets here.
 */
export function parseCidr(text: string): Range {
  const address = new Address4(text);
  return { first: address.startAddress().bigInt(), last: address.endAddress().bigInt(), prefix: address.subnetMask };
}

/** Whether two ranges share an address. */
export function overlaps(left: Range, right: Range): boolean {
  return left.first <= right.last && right.first <= left.last;
}

/** Whether the text's address part is the first of its block: `10.0.0.0/16` is, `10.0.1.0/16` is not. */
export function isAligned(text: string): boolean {
  return new Address4(text).bigInt() === parseCidr(text).first;
}
