import { type Fact } from "../row";
import { ACCOUNT_DURATIONS } from "./account";
import { COMPUTE_DURATIONS } from "./compute";
import { DATA_DURATIONS } from "./data";
import { type DurationRow, type DurationTable, type Inputs, type Minutes, type Operation, took } from "./duration";
import { KUBERNETES_DURATIONS } from "./kubernetes";
import { MESSAGING_DURATIONS } from "./messaging";
import { NETWORK_DURATIONS } from "./network";

export { type Operation } from "./duration";

/** How long operations take, by type token. Times are those of us-east-1, until the provider says that it is done. */
export const DURATIONS: DurationTable = {
  ...ACCOUNT_DURATIONS,
  ...COMPUTE_DURATIONS,
  ...DATA_DURATIONS,
  ...KUBERNETES_DURATIONS,
  ...MESSAGING_DURATIONS,
  ...NETWORK_DURATIONS,
};

/** How long one operation takes. */
export interface Duration extends Fact {
  /** Usually. */
  readonly minutes: number;
  /** One in twenty takes at least as long; absent where it is about the usual. */
  readonly tailMinutes?: number;
  /** False when the type has no row, and the default of its kind stands in. */
  readonly known: boolean;
}

const RESOURCES = "https://www.pulumi.com/docs/iac/concepts/resources/";

/** Of types without a row: most calls of AWS answer in a second or two, and the provider reads back what it made. */
const DEFAULTS: readonly (readonly [RegExp, DurationRow])[] = [
  [/^aws(-native)?:/, took("https://docs.aws.amazon.com/general/latest/gr/api-retries.html", 0.1, 0.1, 0.1)],
  [/^kubernetes:/, took("https://kubernetes.io/docs/reference/using-api/api-concepts/", 0.02, 0.02, 0.02)],
  // Made in the provider's own process.
  [/^(random|tls|time|null|command|std):/, took(RESOURCES, 0, 0, 0)],
  [/^pulumi:/, took(RESOURCES, 0, 0, 0)],
];

const OTHERS = took(RESOURCES, 0.1, 0.1, 0.1);

function durationIn(row: DurationRow, operation: Operation, known: boolean): Duration {
  const minutes: Minutes = row[operation];
  const { source, date } = row;
  if (typeof minutes === "number") return { minutes, source, date, known };
  const [usual, tailMinutes] = minutes;
  return { minutes: usual, tailMinutes, source, date, known };
}

/**
 * How long an operation on a resource that a provider manages takes. A component takes none: ask only for what a provider manages.
 * @param inputs as a plan has them; what is absent or not known yet counts as the provider's default.
 */
export function durationOf(type: string, inputs: Inputs, operation: Operation): Duration {
  const timed = Object.hasOwn(DURATIONS, type) ? DURATIONS[type] : undefined;
  if (timed) return durationIn(typeof timed === "function" ? timed(inputs) : timed, operation, true);
  const [, row] = DEFAULTS.find(([kind]) => kind.test(type)) ?? [undefined, OTHERS];
  return durationIn(row, operation, false);
}
