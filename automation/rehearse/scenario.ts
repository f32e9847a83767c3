import { type FoundResource } from "./search";
import { type ChangeSummary, Stage } from "./stage";
import { STEPS } from "./steps";

/** What a rehearsal is made with. */
export interface RehearsalOptions {
  /** Folder of the project. */
  readonly root: string;
  readonly environment: string;
  /** Milliseconds that a minute of AWS takes. Default: time jumps, so that a rehearsal takes as long as the engine needs for itself. */
  readonly millisecondsPerMinute?: number;
  /** Types whose first creation fails, as patterns: `aws:rds/*`. Default: none. */
  readonly faults?: readonly string[];
  /** Probability of a fault in any creation, from 0 to 1. Default: 0. */
  readonly faultRate?: number;
  /** What faults by chance follow from. Default: `1`. */
  readonly seed?: string;
  /** How many operations are in flight: as the graph has it, or as the engine would, four for each core. Default: `graph`. */
  readonly width?: "graph" | "engine";
  /** Hears what is being done, a line each time. */
  readonly onProgress?: (line: string) => void;
}

/** One step of a rehearsal. */
export interface RehearsalStep {
  readonly name: string;
  /** What was found, in one sentence. */
  readonly result: string;
  readonly passed: boolean;
  /** What is wrong, a line each; empty when nothing is. */
  readonly problems: readonly string[];
  /** Simulated. */
  readonly minutes: number;
  /** Of the machine. */
  readonly seconds: number;
  readonly changes?: ChangeSummary;
}

/** How long an operation took against its schedule. */
export interface RehearsalTime {
  readonly operation: "up" | "destroy";
  readonly minutes: number;
  /** Longest path of the schedule. */
  readonly longestPathMinutes: number;
  readonly ratio: number;
  /** Operations in flight at the most, as the engine was told; absent when it was told nothing. */
  readonly parallel?: number;
}

/** What a rehearsal found. */
export interface Rehearsal {
  readonly environment: string;
  readonly resources: number;
  /** Whether awsx and eks ran as they are, or simulated because their plugins are not installed. */
  readonly components: "installed" | "simulated";
  readonly steps: readonly RehearsalStep[];
  readonly times: readonly RehearsalTime[];
  /** In the cloud at the end, and in no state. */
  readonly orphans: readonly FoundResource[];
  /** Left in the cloud because the program says so (`retainOnDelete`). */
  readonly kept: readonly FoundResource[];
  /** URNs of what the state has at the end, and no cloud. */
  readonly missing: readonly string[];
  readonly passed: boolean;
}

/**
 * Rehearses the whole life of an environment: the real engine runs the unmodified program over the simulated cloud. Nothing of the project is changed,
 * and nothing is asked of AWS.
 * @throws {UserError} when there is no engine on this machine, or no such environment.
 */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const stage = await Stage.open(options);
  try {
    const steps: RehearsalStep[] = [];
    for (const step of STEPS) {
      if (!step.applies(stage)) continue;
      options.onProgress?.(step.doing);
      const done = await stage.time(() => step.run(stage));
      const { result, problems, changes } = done.outcome;
      const passed = problems.length === 0;
      const { minutes, seconds } = done;
      steps.push({ name: step.name, result, passed, problems, minutes, seconds, ...(changes && { changes }) });
      // What comes next would only fail for the same reason.
      if (!passed) break;
    }
    const { orphans, kept, missing } = await stage.leftovers();
    const hasPassed = steps.every(({ passed }) => passed) && orphans.length === 0 && missing.length === 0;
    return {
      environment: options.environment,
      resources: stage.plan.length,
      components: stage.components,
      steps,
      times: stage.times,
      orphans,
      kept,
      missing,
      passed: hasPassed,
    };
  } finally {
    await stage.close();
  }
}
