import { type Target } from "../../../service/descriptor";
import { type Case } from "../types";

/** Why a service can't, or shouldn't, run somewhere. */
export interface PlacementRule {
  /** Short and stable: plans and policies name it. */
  readonly id: string;
  /** Targets that it may exclude. */
  readonly targets: readonly Target[];
  /** True for a rule about what a service is made of: it says nothing that its descriptor doesn't. */
  readonly obvious?: boolean;
  /** The rule, in one sentence. */
  readonly says: string;
  /**
   * @returns why this service breaks the rule, as the end of a sentence about it; undefined when it doesn't.
   */
  readonly excludes: (subject: Case) => string | undefined;
}
