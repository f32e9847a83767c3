import { ConfigError, type Fault } from "../../components/faults";
import { rehearsalText } from "../rehearse/report";
import { type Rehearsal, rehearse, type RehearsalOptions } from "../rehearse/scenario";

const DEFAULT_WIDTH = 120;

/** Options of `strata rehearse`, as the command line has them. */
export interface RehearseOptions {
  readonly speed?: string;
  readonly fault: readonly string[];
  readonly seed: string;
  readonly json: boolean;
  readonly cwd: string;
}

const TYPE_PATTERN = /^[a-z][\w-]*:.+$/;

/** What the faults are asked for: patterns of types, and at the most one probability. */
function faultsOf(asked: readonly string[], faults: Fault[]): Pick<RehearsalOptions, "faults" | "faultRate"> {
  const rates = asked.filter((one) => !Number.isNaN(Number(one)));
  const types = asked.filter((one) => Number.isNaN(Number(one)));
  const right = "give the pattern of a type, such as aws:rds/*, or one probability from 0 to 1";
  for (const got of rates.filter((one) => Number(one) < 0 || Number(one) > 1))
    faults.push({ key: "--fault", what: "is no probability", got, right });
  for (const got of types.filter((one) => !TYPE_PATTERN.test(one) && one !== "*"))
    faults.push({ key: "--fault", what: "is no pattern of a type", got, right });
  if (rates.length > 1) faults.push({ key: "--fault", what: "has more than one probability", got: rates, right });
  return { faults: types, faultRate: Number(rates[0] ?? 0) };
}

function speedOf(speed: string | undefined, faults: Fault[]): Pick<RehearsalOptions, "millisecondsPerMinute"> {
  if (speed === undefined) return {};
  const millisecondsPerMinute = Number(speed);
  if (!(millisecondsPerMinute > 0))
    faults.push({ key: "--speed", what: "is no time", got: speed, right: "give the milliseconds that a minute of AWS takes, such as 500" });
  return { millisecondsPerMinute };
}

/**
 * Rehearses the life of an environment and prints what it found.
 * @returns false when something went wrong in it.
 * @throws {ConfigError} for options that are wrong.
 */
export async function rehearseEnvironment(environment: string, options: RehearseOptions): Promise<boolean> {
  const faults: Fault[] = [];
  const asked = { ...speedOf(options.speed, faults), ...faultsOf(options.fault, faults) };
  if (faults.length > 0) throw new ConfigError(faults);
  const rehearsal: Rehearsal = await rehearse({
    root: options.cwd,
    environment,
    seed: options.seed,
    ...asked,
    onProgress: (line) => process.stderr.write(`${line} …\n`),
  });
  process.stdout.write(
    options.json
      ? `${JSON.stringify(rehearsal, undefined, 2)}\n`
      : rehearsalText(rehearsal, { width: process.stdout.columns ?? DEFAULT_WIDTH }),
  );
  return rehearsal.passed;
}
