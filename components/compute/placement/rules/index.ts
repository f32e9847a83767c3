import { type Target } from "../../../service/descriptor";
import { type Case } from "../types";
import { CONTAINER_RULES } from "./container-limits";
import { CONTROL_RULES } from "./control";
import { FORM_RULES } from "./form";
import { FUNCTION_RULES } from "./function-limits";
import { type PlacementRule } from "./rule";

/**
 * Every rule that excludes a target. What the guide says of money ("Lambda is dearer than always-on for steady demand", "EC2 is
 * cheaper where instances are filled well") is no rule here: it comes out of the costs.
 */
export const PLACEMENT_RULES: readonly PlacementRule[] = [...FORM_RULES, ...CONTROL_RULES, ...FUNCTION_RULES, ...CONTAINER_RULES];

/** A rule that a service breaks, and how. */
export interface Exclusion {
  readonly rule: PlacementRule;
  readonly because: string;
}

/** The rules that exclude a target; none when it is feasible. */
export function exclusions(target: Target, subject: Case): Exclusion[] {
  return PLACEMENT_RULES.filter(({ targets }) => targets.includes(target)).flatMap((rule) => {
    const because = rule.excludes(subject);
    return because === undefined ? [] : [{ rule, because }];
  });
}
