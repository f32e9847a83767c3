import { serviceOf } from "../../facts/aws-services";
import { typeOf } from "../../plan/urn";
import { type Action, awsErrorText, throttled } from "./aws-api";
import { type Behaviour, type Bucket } from "./behaviour";
import { type Clock } from "./clock";

const SECONDS_PER_MINUTE = 60;
/** Waits between two calls double from a second to this. Source: `DefaultMaxBackoff`, aws/retry of aws-sdk-go-v2 (2026-11). */
const LONGEST_BACKOFF_SECONDS = 20;

/** Seconds after which a provider has asked as often as it does. */
function patience(attempts: number): number {
  const waits = Array.from({ length: attempts - 1 }, (_, index) => Math.min(LONGEST_BACKOFF_SECONDS, 2 ** index));
  return waits.reduce((sum, seconds) => sum + seconds, 0);
}

/** Tokens of one service, refilled as simulated time passes; who comes too early gets one that is still to come. */
class TokenBucket {
  private tokens: number;
  private filled = 0;

  constructor(private readonly limits: Bucket) {
    this.tokens = limits.burst;
  }

  /** Seconds until there is a token for a call at this minute; it is taken unless that is too long. */
  take(minute: number, longest: number): number {
    const { burst, perSecond } = this.limits;
    this.tokens = Math.min(burst, this.tokens + Math.max(0, minute - this.filled) * SECONDS_PER_MINUTE * perSecond);
    this.filled = Math.max(this.filled, minute);
    // Sums of fractions of a minute fall short of a whole token by less than this.
    const seconds = Math.max(0, (1 - this.tokens - 1e-9) / perSecond);
    if (seconds <= longest) this.tokens--;
    return seconds;
  }
}

/** Refuses calls that come too fast. The provider asks again, and is taken in its turn: its SDK waits longer after each refusal. */
export class Throttle {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(
    private readonly throttling: Behaviour["throttling"],
    private readonly clock: Clock,
  ) {}

  /**
   * Returns once the call is taken.
   * @throws {Error} in AWS's words when the provider gives up.
   */
  async admit(action: Action, urn: string): Promise<void> {
    const type = typeOf(urn);
    const service = serviceOf(type);
    const limits = this.throttling[service];
    if (!limits) return;
    const [now, longest] = [await this.clock.now(), patience(limits.attempts)];
    const seconds = this.bucket(service, limits).take(now, longest);
    if (seconds === 0) return;
    // Whoever waits asks again every full second: nobody's clock has to stop for each of them.
    await this.clock.until(now + Math.ceil(Math.min(seconds, longest)) / SECONDS_PER_MINUTE);
    if (seconds > longest) throw new Error(awsErrorText(type, action, throttled(service), urn));
  }

  private bucket(service: string, limits: Bucket): TokenBucket {
    const known = this.buckets.get(service) ?? new TokenBucket(limits);
    this.buckets.set(service, known);
    return known;
  }
}
