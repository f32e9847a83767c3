import { typeOf } from "../../plan/urn";
import { matches } from "../../policy/lib/pattern";
import { serviceOf } from "../../facts/aws-services";
import { type Action, awsErrorText, unavailable } from "./aws-api";
import { type Fault } from "./behaviour";
import { chance } from "./chance";
import { type Tickets } from "./tickets";

/** A fault that strikes an operation. */
export interface Struck {
  readonly at: Fault["at"];
  readonly error: string;
}

/** Decides which operations fail although nothing is wrong with them. */
export class Faults {
  constructor(
    private readonly faults: readonly Fault[],
    private readonly tickets: Tickets,
  ) {}

  /** The first fault that strikes an operation; counts it for those that strike by number. */
  strike(action: Action, urn: string): Struck | undefined {
    for (const [index, fault] of this.faults.entries()) {
      const { type = "*", urn: urns = "*", operation } = fault;
      if (operation !== action || !matches(type, typeOf(urn)) || !matches(urns, urn) || !this.isDue(fault, index, action, urn)) continue;
      const error = fault.error ?? awsErrorText(typeOf(urn), action, unavailable(serviceOf(typeOf(urn))), urn);
      return { at: fault.at, error };
    }
    return undefined;
  }

  private isDue({ occurs }: Fault, index: number, action: Action, urn: string): boolean {
    if (occurs === "always") return true;
    if (occurs === "once-per-type") return this.tickets.take(`fault ${index} ${typeOf(urn)}`) === 1;
    if ("nth" in occurs) return this.tickets.take(`fault ${index}`) === occurs.nth;
    // By attempt, so that what failed once may succeed the next time, in whatever order the engine asks.
    const attempt = this.tickets.take(`fault ${index} ${action} ${urn}`);
    return chance(`${occurs.seed}/${action}/${urn}/${attempt}`) < occurs.probability;
  }
}
