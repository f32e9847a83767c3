import type { Reference } from "./graph";
import { append } from "./multimap";
import type { StackResource } from "./resource";

/** That a resource takes something of which its owner has few, such as a port of a load balancer. */
export interface Claim {
  readonly by: StackResource;
  /** Whose it is; without one nobody knows. */
  readonly owner: Reference | undefined;
  /** What it takes; undefined while that is not known. */
  readonly value: string | undefined;
}

/** Who claims the same as a resource and comes before it. */
export interface Rivals {
  readonly certain: readonly StackResource[];
  /** How many more may be rivals: what they claim, or of whom, is not known. */
  readonly open: number;
}

/** The owner of a claim: the URN of one of the stack, else its id; undefined while it is not known. */
export function ownerOf({ owner }: Claim): string | undefined {
  if (owner === undefined || owner.kind === "unknown") return undefined;
  return owner.kind === "resource" ? owner.resource.urn : owner.id;
}

/** The rivals of each resource whose claim is known, by its URN: those in front of it, as only who comes second is refused. */
export function rivalsOf(claims: readonly Claim[]): ReadonlyMap<string, Rivals> {
  const result = new Map<string, Rivals>();
  const certain = new Map<string, StackResource[]>();
  const ofOwner = new Map<string, Claim[]>();
  const ofNobody: Claim[] = [];
  for (const claim of claims) {
    const owner = ownerOf(claim);
    if (owner === undefined) ofNobody.push(claim);
    else if (claim.value === undefined) append(ofOwner, owner, claim);
    else {
      const key = `${owner} ${claim.value}`;
      const open = (ofOwner.get(owner)?.length ?? 0) + ofNobody.filter((other) => mayClaim(other, owner, claim.value)).length;
      result.set(claim.by.urn, { certain: [...(certain.get(key) ?? [])], open });
      append(certain, key, claim.by);
    }
  }
  return result;
}

/** Whether a claim of whose owner nobody knows may be one of this owner, and for the same. */
function mayClaim({ owner, value }: Claim, wanted: string, same: string | undefined): boolean {
  const candidates = owner?.kind === "unknown" ? owner.candidates : [];
  return (candidates.length === 0 || candidates.some(({ urn }) => urn === wanted)) && (value === undefined || value === same);
}
