import { type Case, type Estimate } from "../types";

/** A place where services can run. */
export interface TargetRow {
  /** Name, as AWS spells it. */
  readonly name: string;
  /** What the guide says it is for. */
  readonly suits: string;
  /** Sizes a service for it and says what that costs; undefined when no size would hold it, or when it is not that kind of service. */
  readonly estimate: (subject: Case) => Estimate | undefined;
}
