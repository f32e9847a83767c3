import { resolve } from "node:path";
import { UserError } from "../../components/faults";
import { advise as ask } from "../../plan/advice";
import { adviceText } from "../../plan/advice-text";
import { adviseBuses } from "../../plan/bus-advice";
import { busAdviceText } from "../../plan/bus-advice-text";

const DEFAULT_WIDTH = 120;

/** Options of `strata advise`. */
export interface AdviseOptions {
  readonly env: string;
  readonly set: readonly string[];
  readonly json: boolean;
  /** Asks about the buses that services need instead. */
  readonly buses: boolean;
  readonly cwd: string;
}

/**
 * Prints what the advisor says of one service, or of all; or of the buses that services need.
 * @throws {UserError} when it is asked about buses and a service at once.
 */
export function advise(service: string | undefined, { env, set, json, buses, cwd }: AdviseOptions): void {
  const width = process.stdout.columns ?? DEFAULT_WIDTH;
  if (buses) {
    if (service !== undefined || set.length > 0) throw new UserError("--buses: asks about all buses; leave the service and --set out");
    const advice = adviseBuses(resolve(cwd), env);
    process.stdout.write(json ? `${JSON.stringify(advice, undefined, 2)}\n` : busAdviceText(advice, { width }));
    return;
  }
  const advice = ask(resolve(cwd), { environment: env, service, set });
  process.stdout.write(
    json ? `${JSON.stringify(advice, undefined, 2)}\n` : `${advice.map((one) => adviceText(one, { width })).join("\n")}\n`,
  );
}
