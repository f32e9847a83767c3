import type { Finding } from "./finding";
import type { Tri } from "./resource";

/** What is found in what a rule is about, nothing in what it is not about; nothing for certain while it is not known whether it is about it, of which `doubt` tells. */
export function ifAsked(asked: Tri, findings: readonly Finding[], doubt: Omit<Finding, "unknown">): readonly Finding[] {
  if (asked === false) return [];
  return findings.length === 0 || asked === true ? findings : [{ ...doubt, unknown: true }];
}
