import * as pulumi from "@pulumi/pulumi";
import { type AlarmSpec, type MetricReference, metricsFrom, SOON } from "../alarm-spec";
import { failedShare } from "./http";

/** A version of a function that is tried on a share of the calls. */
export interface TrialVersion {
  readonly alias: string;
  readonly version: pulumi.Input<string>;
}

export interface ObservedFunction {
  readonly functionName: pulumi.Input<string>;
  /** Seconds after which a call is cut off. */
  readonly timeout: number;
  /** Most environments at once; undefined when the account's are shared. */
  readonly reservedConcurrency?: number;
  /** It gets an alarm of its own. Default: none. */
  readonly trial?: TrialVersion;
}

const TRIAL_ERROR_PERCENT = 1;
const SHARE_OF_TIMEOUT = 0.8;
const NEARLY_USED = 0.8;
const MS_PER_SECOND = 1000;

function failedCalls(suffix: string, says: string, dimensions: MetricReference["dimensions"], percent?: number): AlarmSpec {
  const read = metricsFrom("AWS/Lambda", dimensions);
  return failedShare(suffix, says, { requests: read("Invocations", "Sum"), errors: read("Errors", "Sum") }, percent);
}

/** A function: failed calls, refused ones, slow ones, and how near it is to its most environments at once. */
export function functionSpecs({ functionName, timeout, reservedConcurrency, trial }: ObservedFunction): AlarmSpec[] {
  const dimensions = { FunctionName: functionName };
  const read = metricsFrom("AWS/Lambda", dimensions);
  return [
    failedCalls("errors", "calls fail", dimensions),
    {
      suffix: "throttles",
      concern: "saturation",
      severity: "ordinary",
      says: "calls are refused, the reserved concurrency is used up",
      measure: read("Throttles", "Sum"),
      fires: "above",
      threshold: 0,
      because: "events are tried again, requests are not",
      ...SOON,
    },
    {
      suffix: "slow",
      concern: "latency",
      severity: "ordinary",
      says: `the slowest of 100 calls takes more than ${SHARE_OF_TIMEOUT * 100} % of its timeout of ${timeout} s`,
      measure: read("Duration", "p99"),
      fires: "above",
      threshold: timeout * MS_PER_SECOND * SHARE_OF_TIMEOUT,
      because: `calls are cut off after ${timeout} s`,
      ...SOON,
    },
    ...(reservedConcurrency === undefined || reservedConcurrency <= 1
      ? []
      : [
          {
            suffix: "concurrency",
            concern: "saturation",
            severity: "ordinary",
            says: `more than ${NEARLY_USED * 100} % of its environments are busy at once`,
            measure: read("ConcurrentExecutions", "Maximum"),
            fires: "above",
            threshold: reservedConcurrency * NEARLY_USED,
            because: `${reservedConcurrency} are reserved for it; more calls than that are refused`,
            ...SOON,
          } satisfies AlarmSpec,
        ]),
    ...(trial
      ? [
          failedCalls(
            "trial-errors",
            "the calls of the version on trial fail; set the rollout's share to 0",
            { ...dimensions, Resource: pulumi.interpolate`${functionName}:${trial.alias}`, ExecutedVersion: trial.version },
            TRIAL_ERROR_PERCENT,
          ),
        ]
      : []),
  ];
}
