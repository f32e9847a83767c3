import { UserError } from "../../components/faults";
import { parseQuantity } from "../../components/quantity";

const HOUR = 3_600_000;
/** Longer than a holiday; what is to stay longer is no ephemeral environment. */
const LONGEST_DAYS = 30;
const DAY = 24 * HOUR;
const MILLISECONDS = /\.\d{3}Z$/;

/**
 * When something that is to live for a while ends.
 * @param text such as `3d` or `8h`.
 * @returns the time in UTC, in ISO 8601, to the second.
 * @throws {UserError} when it is no such duration, shorter than an hour or longer than thirty days.
 */
export function expiryOf(text: string, now: Date): string {
  const duration = parseQuantity(text, "duration");
  if (duration === undefined || duration < HOUR || duration > LONGEST_DAYS * DAY)
    throw new UserError(
      `--expires: is no time that an ephemeral environment may live, got ${JSON.stringify(text)}; give 1h to ${LONGEST_DAYS}d`,
    );
  return new Date(now.getTime() + duration).toISOString().replace(MILLISECONDS, "Z");
}

/** True when its time is over. */
export function isExpired(expires: string, now: Date): boolean {
  return Date.parse(expires) <= now.getTime();
}
