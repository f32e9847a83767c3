import type { Resource, Tri } from "./resource";
import { fail, notEvaluated, pass, type Verdict } from "./rule";

/** Something a rule found in a resource; `unknown` when it can't be told whether it is there. */
export interface Finding {
  readonly what: string;
  readonly property: string;
  readonly unknown?: boolean;
}

/** What lets a resource do what a rule forbids. */
export interface Excuse {
  /** Whether it has the excuse; undefined when that is not known yet. */
  readonly given: Tri;
  /** What is not known then, as the subject of a sentence, such as "whether it is marked as legacy". */
  readonly what: string;
  readonly property: string;
}

/** The verdict on a resource: it fails for what is found for certain, unless it is excused. */
export function judge(resource: Resource, fault: string, findings: readonly Finding[], excuse?: Excuse): Verdict {
  const [first] = findings;
  if (first === undefined || excuse?.given === true) return pass(resource.urn);
  const certain = findings.filter(({ unknown }) => unknown !== true);
  const [found] = certain;
  if (found === undefined) return notEvaluated(resource.urn, first.what, first.property);
  if (excuse !== undefined && excuse.given === undefined)
    return notEvaluated(resource.urn, `${excuse.what} is not known yet`, excuse.property);
  return fail(resource.urn, `${fault}: ${certain.map(({ what }) => what).join("; ")}`, found.property);
}
