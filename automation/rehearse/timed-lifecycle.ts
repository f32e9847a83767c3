import { type Properties } from "../../plan/graph";
import { isRecord, type Simulated } from "../../plan/simulate/shapes";
import { typeOf } from "../../plan/urn";
import { type Action, type AwsError, awsErrorText, quotaExceeded } from "./aws-api";
import { type Behaviour } from "./behaviour";
import { type Clock, clockOf } from "./clock";
import { type Cloud } from "./cloud";
import { durationOf } from "../../facts/durations";
import { lingersAfter } from "../../facts/durations/lingering";
import { isOnlyInState } from "./existence";
import { Faults, type Struck } from "./faults";
import { heldBy } from "./holders";
import { type KnownResource, Lifecycle } from "./lifecycle";
import { type Location } from "./location";
import { OperationLog } from "./operations";
import { assumableFrom, cannotAssume } from "./roles";
import { Throttle } from "./throttle";
import { Tickets } from "./tickets";

/**
 * Minutes from which on AWS answers at once that it has begun, and the provider waits: the resource is there from the start. What is quicker is done
 * when the call returns. So a provider that is killed leaves the slow ones behind, and not the quick ones.
 */
const SLOW_MINUTES = 0.25;
const SECONDS_PER_MINUTE = 60;
const INTERFACE = "aws:ec2/networkInterface:NetworkInterface";
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
/** Between two tries of what AWS refuses for now. */
const RETRY_MINUTES = 0.1;

/** A resource came to be, but not as it should: the engine keeps it in its state, and mends it with the next update. */
export class InitFailedError extends Error {
  override readonly name = "InitFailedError";

  constructor(
    readonly made: Simulated,
    message: string,
  ) {
    super(message);
  }
}

/** The engine wants everything to end. */
export class CancelledError extends Error {
  override readonly name = "CancelledError";

  constructor() {
    super("context canceled");
  }
}

/** What all resources of one provider process share. */
export class Circumstances {
  readonly log: OperationLog;
  readonly throttle: Throttle;
  readonly faults: Faults;
  private cancelAll: (error: Error) => void = () => undefined;
  private readonly cancelled = new Promise<never>((_, reject) => (this.cancelAll = reject));

  constructor(
    readonly cloud: Cloud,
    readonly behaviour: Behaviour,
    /** Default: the one that the behaviour asks for. */
    readonly clock: Clock = clockOf(behaviour),
  ) {
    this.log = new OperationLog(cloud.folder);
    this.throttle = new Throttle(behaviour.throttling, this.clock);
    this.faults = new Faults(behaviour.faults, new Tickets(cloud.folder));
    // Nobody may be waiting when it is cancelled.
    this.cancelled.catch(() => undefined);
  }

  /** Ends everything that waits, as the engine asks a provider to. */
  cancel(): void {
    this.cancelAll(new CancelledError());
  }

  async until(minute: number): Promise<void> {
    await Promise.race([this.clock.until(minute), this.cancelled]);
  }

  async pass(minutes: number): Promise<void> {
    if (minutes > 0) await this.until((await this.clock.now()) + minutes);
  }

  /** Waits for an answer that never comes. */
  async forever(): Promise<never> {
    return this.cancelled;
  }
}

/** The life of resources as AWS lets it pass: with the time it takes, what it refuses, and what goes wrong. */
export class TimedLifecycle {
  private readonly lifecycle: Lifecycle;

  constructor(
    private readonly circumstances: Circumstances,
    location: Location,
  ) {
    this.lifecycle = new Lifecycle(circumstances.cloud, location);
  }

  /**
   * @throws {InitFailedError} when it came to be and is not right. {Error} in AWS's words when it did not come to be, or nobody knows.
   */
  async create(urn: string, inputs: Properties): Promise<Simulated> {
    return this.operation("create", urn, inputs, async (minutes, struck) => {
      await this.rolesUsable(urn, inputs);
      const begin = await this.circumstances.clock.now();
      const make = (): Simulated => {
        this.withinQuota(urn);
        return this.lifecycle.create(urn, inputs, begin);
      };
      const early = minutes >= SLOW_MINUTES ? make() : undefined;
      try {
        await this.circumstances.until(begin + minutes);
        if (struck?.at === "hang") await this.circumstances.forever();
      } catch (error) {
        throw early && error instanceof CancelledError ? new InitFailedError(early, error.message) : error;
      }
      const made = early ?? make();
      if (struck?.at === "after") throw new InitFailedError(made, struck.error);
      return made;
    });
  }

  async update(urn: string, id: string, news: Properties): Promise<Properties> {
    return this.operation("update", urn, news, async (minutes, struck) => {
      const outputs = this.lifecycle.update(urn, id, news);
      await this.circumstances.pass(minutes);
      if (struck?.at === "hang") await this.circumstances.forever();
      if (struck?.at === "after") throw new InitFailedError({ id, outputs }, struck.error);
      return outputs;
    });
  }

  async delete(urn: string, id: string, inputs: Properties, outputs: Properties = {}): Promise<void> {
    await this.operation("delete", urn, inputs, async (minutes, struck) => {
      await this.released(urn, id);
      const isSlow = minutes >= SLOW_MINUTES;
      if (isSlow) this.lifecycle.delete(urn, id, outputs);
      await this.circumstances.pass(minutes);
      if (struck?.at === "hang") await this.circumstances.forever();
      if (!isSlow) this.lifecycle.delete(urn, id, outputs);
      await this.leaveInterfaces(urn, id, inputs);
      if (struck?.at === "after") throw new Error(struck.error);
    });
  }

  async read(urn: string, known: KnownResource): Promise<KnownResource | undefined> {
    const struck = this.circumstances.faults.strike("read", urn);
    if (struck?.at === "hang") await this.circumstances.forever();
    if (struck) throw new Error(struck.error);
    return this.lifecycle.read(urn, known);
  }

  /** Runs something as an operation that has a begin and an end, may be throttled, and may fail. */
  private async operation<Result>(
    action: "create" | "update" | "delete",
    urn: string,
    inputs: Properties,
    run: (minutes: number, struck: Struck | undefined) => Promise<Result>,
  ): Promise<Result> {
    const { clock, log, throttle, faults } = this.circumstances;
    const ended = log.begin(action, urn, await clock.now());
    try {
      await throttle.admit(action, urn);
      const struck = faults.strike(action, urn);
      if (struck?.at === "before") throw new Error(struck.error);
      const { minutes } = isOnlyInState(typeOf(urn)) && action === "delete" ? { minutes: 0 } : durationOf(typeOf(urn), inputs, action);
      const result = await run(minutes, struck);
      if (struck?.at === "lost") throw new Error(struck.error);
      ended(await clock.now());
      return result;
    } catch (error) {
      ended(await clock.now(), error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  private refused(action: Action, urn: string, error: AwsError): Error {
    return new Error(awsErrorText(typeOf(urn), action, error, urn));
  }

  /** Asks again for a while when a role is too new, as the provider does. */
  private async rolesUsable(urn: string, inputs: Properties): Promise<void> {
    const { cloud, clock, behaviour } = this.circumstances;
    const error = cannotAssume(typeOf(urn));
    if (!error || behaviour.roleSeconds === 0) return;
    const [from, now] = [assumableFrom(cloud, inputs, behaviour.roleSeconds), await clock.now()];
    const patience = now + behaviour.roleRetriedSeconds / SECONDS_PER_MINUTE;
    if (from > now) await this.circumstances.until(Math.min(from, patience));
    if (from > patience) throw this.refused("create", urn, error);
  }

  private withinQuota(urn: string): void {
    const type = typeOf(urn);
    const most = this.circumstances.behaviour.quotas[type];
    if (most !== undefined && this.circumstances.cloud.list([type]).length >= most)
      throw this.refused("create", urn, quotaExceeded(type, most));
  }

  /** Waits until nothing uses a resource any more, as long as the provider would. */
  private async released(urn: string, id: string): Promise<void> {
    const { cloud, clock, behaviour } = this.circumstances;
    const there = behaviour.dependencies ? this.lifecycle.find(typeOf(urn), id) : undefined;
    if (!there) return;
    const began = await clock.now();
    for (let now = began; ; now = await clock.now()) {
      const held = heldBy(cloud, there, now);
      if (!held) return;
      if (now - began >= held.retriedMinutes) throw this.refused("delete", urn, held.error);
      await this.circumstances.until(now + RETRY_MINUTES);
    }
  }

  /** A function's network interfaces stay for a while, and hold its subnets, and its groups unless it left them first. */
  private async leaveInterfaces(urn: string, id: string, inputs: Properties): Promise<void> {
    const { cloud, clock, behaviour } = this.circumstances;
    const lingering = behaviour.dependencies ? lingersAfter(typeOf(urn), inputs) : undefined;
    const network = inputs["vpcConfig"];
    if (!lingering || !isRecord(network)) return;
    const { subnetIds = [], securityGroupIds = [] } = network;
    const now = await clock.now();
    const held = { subnetIds, ...(lingering.holds.test(SECURITY_GROUP) && { securityGroupIds }) };
    const outputs = { description: `AWS Lambda VPC ENI-${id}` };
    cloud.write({ type: INTERFACE, id: `eni-${id}`, urn, inputs: held, outputs, made: now, gone: now + lingering.minutes });
  }
}
