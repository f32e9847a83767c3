import { type Target } from "../../../service/descriptor";
import { type Fault } from "../../../faults";

/** What a service promises. */
export interface ServiceLevelObjective {
  /** Percent of requests that do not fail. */
  readonly availability: number;
  /** Percent of requests that are answered within so many milliseconds. */
  readonly latency?: { readonly under: number; readonly share: number };
  /** Milliseconds over which it is promised. */
  readonly window: number;
}

/** How fast a budget of errors is spent, and over which two windows that is seen. */
export interface BurnWindow {
  readonly speed: "fast" | "slow";
  /** Seconds of the window that says it matters, and of the one that says it still goes on. */
  readonly long: number;
  readonly short: number;
  /** Share of the whole budget that is gone when it fires. */
  readonly budget: number;
}

/**
 * Two percent of the budget within an hour wakes somebody, five percent within six hours waits for the morning.
 * Source: The Site Reliability Workbook, "Alerting on SLOs", multiwindow, multi-burn-rate alerts (2026-11).
 */
export const BURN_WINDOWS = [
  { speed: "fast", long: 3_600, short: 300, budget: 0.02 },
  { speed: "slow", long: 21_600, short: 1_800, budget: 0.05 },
] as const satisfies readonly BurnWindow[];

const MS_PER_SECOND = 1000;
const PERCENT = 100;
const MS_PER_DAY = 86_400_000;
const LEAST_DAYS = 1;
const MOST_DAYS = 90;

/** How many times faster than allowed the budget is spent when the alarm fires: 14.4 and 6 over 30 days. */
export function burnRate({ budget, long }: BurnWindow, window: number): number {
  return (budget * window) / (long * MS_PER_SECOND);
}

/** Share of bad requests above which the budget is spent that fast. */
export function burnThreshold(burn: BurnWindow, window: number, percent: number): number {
  return burnRate(burn, window) * (1 - percent / PERCENT);
}

/** Where requests of a service are counted, as far as a descriptor and a target tell. */
export interface SloSubject {
  readonly target: Target;
  readonly http: boolean;
  readonly from: "internet" | "services" | undefined;
  /** True for a container with one port that speaks HTTP. */
  readonly port: boolean;
}

function counted({ target, http, from, port }: SloSubject): "with times" | "without times" | "not" {
  if (target === "lambda") return "with times";
  if (target === "fargate-job") return "not";
  if (http && from === "internet") return "with times";
  return (target === "ecs" || target === "fargate") && port ? "without times" : "not";
}

/** What cannot be measured of an objective where the service runs, or could never fire. */
export function objectiveFaults(key: string, slo: ServiceLevelObjective, subject: SloSubject): Fault[] {
  const { availability, latency, window } = slo;
  const measured = counted(subject);
  if (measured === "not")
    return [
      {
        key,
        what: `cannot be measured on ${subject.target}: nothing there counts its requests`,
        right: "give one to a function, to a service that the internet calls over HTTP, or to an HTTP service on ecs or fargate",
      },
    ];
  const days = window / MS_PER_DAY;
  if (days < LEAST_DAYS || days > MOST_DAYS)
    return [{ key: `${key}.window`, what: "is out of range", got: `${days}d`, right: `give ${LEAST_DAYS}d to ${MOST_DAYS}d` }];
  const promises = [
    { path: "availability", percent: availability },
    ...(latency ? [{ path: "latency.share", percent: latency.share }] : []),
  ];
  return [
    ...(latency && measured === "without times"
      ? [
          {
            key: `${key}.latency`,
            what: "cannot be measured for a service that only services call",
            right: "leave it out; the latency alarm watches the average",
          },
        ]
      : []),
    ...promises.flatMap(({ path, percent }) => {
      const never = BURN_WINDOWS.find((burn) => burnThreshold(burn, window, percent) >= 1);
      return never
        ? [
            {
              key: `${key}.${path}`,
              what: `is too low for its window: the ${never.speed} alarm would not fire if every request failed`,
              got: percent,
              right: `give more than ${Number((PERCENT * (1 - 1 / burnRate(never, window))).toFixed(3))}, or a shorter window`,
            },
          ]
        : [];
    }),
  ];
}
