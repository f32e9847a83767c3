import { COST_ASSUMPTION_IDS, COST_ASSUMPTIONS, type CostAssumption, type CostAssumptionId } from "../../facts/cost-assumptions";
import { type Assumption } from "./cost-schema";

/** A value that somebody gave for an assumption, and where. */
export interface AssumptionValue {
  readonly value: number;
  /** Such as `strata:cost.assumptions`. */
  readonly from: string;
}

export type AssumptionValues = Readonly<Partial<Record<CostAssumptionId, AssumptionValue>>>;

/** Reads assumptions and keeps which it read: what a quantity was computed with. */
export interface Assuming {
  (id: CostAssumptionId): number;
  /** Ids that were read, each once. */
  readonly ids: readonly string[];
}

/** What is assumed in one environment. */
export class Assumptions {
  /**
   * @param durable what is not durable is used by those who develop.
   * @param given values that are known better.
   */
  constructor(
    private readonly durable: boolean,
    private readonly given: AssumptionValues = {},
  ) {}

  value(id: CostAssumptionId): number {
    const row: CostAssumption = COST_ASSUMPTIONS[id];
    return this.given[id]?.value ?? (this.durable ? row.value : (row.ephemeral ?? row.value));
  }

  /** A reader for one quantity. */
  assuming(): Assuming {
    const ids: string[] = [];
    const read = (id: CostAssumptionId): number => {
      if (!ids.includes(id)) ids.push(id);
      return this.value(id);
    };
    return Object.assign(read, { ids });
  }

  /** Those that were read, in the order of the table. */
  list(used: ReadonlySet<string>): Assumption[] {
    return COST_ASSUMPTION_IDS.filter((id) => used.has(id)).map((id) => {
      const { what, unit, from } = COST_ASSUMPTIONS[id];
      return { id, what, value: this.value(id), unit, from: this.given[id]?.from ?? from };
    });
  }
}
