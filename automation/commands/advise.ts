import { resolve } from "node:path";
import { advise as ask } from "../../plan/advice";
import { adviceText } from "../../plan/advice-text";

const DEFAULT_WIDTH = 120;

/** Options of `strata advise`. */
export interface AdviseOptions {
  readonly env: string;
  readonly set: readonly string[];
  readonly json: boolean;
  readonly cwd: string;
}

/** Prints what the advisor says of one service, or of all. */
export function advise(service: string | undefined, { env, set, json, cwd }: AdviseOptions): void {
  const advice = ask(resolve(cwd), { environment: env, service, set });
  const width = process.stdout.columns ?? DEFAULT_WIDTH;
  process.stdout.write(
    json ? `${JSON.stringify(advice, undefined, 2)}\n` : `${advice.map((one) => adviceText(one, { width })).join("\n")}\n`,
  );
}
