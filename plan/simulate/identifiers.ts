import { createHash } from "node:crypto";

/** Where a simulated resource lives, and under which URN: what its ids and ARNs are made from. */
export interface Place {
  readonly urn: string;
  /** Name of the resource in the program. */
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
}

/** Hexadecimal digits that follow from a resource's URN: the same in every plan, different for every resource. */
export function hex(place: Pick<Place, "urn">, length: number, salt = ""): string {
  return createHash("sha256").update(`${salt}${place.urn}`).digest("hex").slice(0, length);
}

/** An id as EC2 gives it: `sg-0a1b2c3d4e5f60718`. */
export function ec2Id(place: Place, prefix: string): string {
  return `${prefix}-0${hex(place, 16)}`;
}

/** A UUID as KMS and others give it. */
export function uuid(place: Place): string {
  const digits = hex(place, 32);
  return [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`, digits.slice(20, 32)].join("-");
}

/** The physical name Pulumi gives a resource without one of its own: its name and seven random hexadecimal digits. */
export function autoName(place: Place): string {
  return `${place.name}-${hex(place, 7)}`;
}

/** An ARN in the place's region and account. */
export function arn(place: Place, service: string, resource: string): string {
  return `arn:aws:${service}:${place.region}:${place.accountId}:${resource}`;
}

/** An ARN of a service that has no regions, such as IAM. */
export function globalArn(place: Place, service: string, resource: string): string {
  return `arn:aws:${service}::${place.accountId}:${resource}`;
}
