import type * as pulumi from "@pulumi/pulumi";
import { type ServiceNetwork } from "../network/service-network";
import { type PlatformContext } from "../platform-context";
import { calledServices, type SignIns } from "../service/called-services";
import { type Descriptor } from "../service/descriptor";
import { type Place, type PlaceRequest } from "../service/place";
import { type ObservedService } from "../visibility/alarms/observed-service";
import { type Bundle, BUNDLE_HANDLER, bundleArchive } from "./bundle";
import { DeadLetters } from "./dead-letters";
import { needsVpc } from "./function-network";
import { batchSize, functionTimeout } from "./function-timeout";
import { type FunctionRoutes, type Throttling } from "./http-api";
import { LambdaFunction, type Rollout } from "./lambda-function";
import { BrokerTrigger } from "./triggers/broker-trigger";
import { type EventSources } from "./triggers/event-sources";
import { QueueTrigger } from "./triggers/queue-trigger";
import { ScheduleTrigger } from "./triggers/schedule-trigger";
import { TopicTrigger } from "./triggers/topic-trigger";
import { UploadTrigger } from "./triggers/upload-trigger";

/** How big a function is in one environment. */
export interface FunctionSizing {
  /** MiB. */
  readonly memory: number;
  readonly reservedConcurrency: number;
}

export interface LambdaPlaceArgs {
  /** How services sign in to caches and topics. Default: by password. */
  readonly signIns?: SignIns;
  readonly context: PlatformContext;
  readonly network: ServiceNetwork;
  /** Code of each service, by name: what `bundleServices` gave. */
  readonly bundles: ReadonlyMap<string, Bundle>;
  readonly sizing: (descriptor: Descriptor) => FunctionSizing;
  /** Made when the first function has a path: an environment without one has no API. */
  readonly api: () => FunctionRoutes;
  /** Stores that start functions. */
  readonly sources: EventSources;
  /** Key of the functions' variables. */
  readonly keyArn: () => pulumi.Input<string>;
  /** Version on trial of a service, if there is one. */
  readonly rollout: (service: string) => Rollout | undefined;
  readonly alarmTopicArn: pulumi.Input<string>;
}

/** A function is given more than its peak before its callers are refused. */
const PEAK_HEADROOM = 2;
/** A poller reads up to 5 MB a second (Lambda developer guide, "Apache Kafka event poller scaling modes", 2026-11). */
const POLLERS = { minimum: 1, maximum: 4 } as const;
const MOST_RECORDS = 100;
/** Lambda developer guide, "Using Lambda with Amazon SQS" (2026-11): more than ten would need a batching window. */
const MOST_MESSAGES = 10;

/** Runs a service's handler as a function of Lambda, started by requests and events. */
export class LambdaPlace implements Place {
  readonly target = "lambda";
  readonly runsAs = "lambda.amazonaws.com";

  constructor(private readonly args: LambdaPlaceArgs) {}

  /** A function outside the VPC has no security group; one inside goes to the AWS services without an endpoint by the internet. */
  internetReasons(descriptor: Descriptor): readonly string[] {
    if (!needsVpc(descriptor)) return [];
    const reached = calledServices(descriptor, this.args.signIns).filter((service) => !this.args.network.privateServices.has(service));
    return reached.length > 0 ? [`no endpoint for ${reached.join(", ")}`] : [];
  }

  run(request: PlaceRequest): ObservedService {
    const target = this.createFunction(request);
    this.route(request, target);
    this.trigger(request, target);
    const { observed, alarms, deadLetters } = target;
    return {
      name: request.descriptor.name,
      target: this.target,
      runtime: { on: "function", ...observed },
      requests: { counted: "function", functionName: observed.functionName },
      alarms: [...alarms, deadLetters.alarm],
    };
  }

  private createFunction({ descriptor, identity, logs, bindings, telemetry, ready, parent }: PlaceRequest): LambdaFunction {
    const { name, run } = descriptor;
    const { context, network, bundles, sizing, keyArn, rollout, alarmTopicArn } = this.args;
    const bundle = bundles.get(name);
    if (!("handler" in run) || !bundle) throw new Error(`service ${name} has no bundled handler to run on Lambda`);
    const { memory, reservedConcurrency } = sizing(descriptor);
    return new LambdaFunction(
      name,
      {
        context,
        code: { archive: bundleArchive(bundle), runtime: bundle.runtime, handler: BUNDLE_HANDLER, bytes: bundle.bytes },
        roleArn: identity.roleArn,
        roleName: identity.roleArn.apply(nameInArn),
        logs,
        memory,
        timeout: functionTimeout(descriptor),
        reservedConcurrency,
        variables: Object.assign({}, ...bindings.map(({ variables }) => variables), telemetry.variables, run.variables) as Record<
          string,
          pulumi.Input<string>
        >,
        layers: telemetry.layers,
        traced: telemetry.xray,
        keyArn: keyArn(),
        deadLetters: new DeadLetters(name, { context, alarmTopicArn }, { parent }),
        ...(needsVpc(descriptor) && { inside: { subnetIds: network.privateSubnetIds, securityGroupId: identity.securityGroupId } }),
        rollout: rollout(name),
        ready: [...ready, ...bindings.flatMap((binding) => binding.ready)],
        alarmTopicArn,
      },
      { parent },
    );
  }

  private route({ descriptor, parent }: PlaceRequest, target: LambdaFunction): void {
    const { reach, demand } = descriptor;
    if (reach?.http === undefined) return;
    this.args.api().routeToFunction(target, { path: reach.http, throttling: peakThrottling(demand.peak) }, parent);
  }

  private trigger({ descriptor, ready, bindings, parent }: PlaceRequest, target: LambdaFunction): void {
    const { context, sources, sizing } = this.args;
    const names = new TriggerNames(descriptor.name);
    const granted = [...ready, ...bindings.flatMap((binding) => binding.ready)];
    const { reservedConcurrency } = sizing(descriptor);
    for (const trigger of descriptor.triggers ?? []) {
      if ("schedule" in trigger) new ScheduleTrigger(names.next("schedule"), { context, expression: trigger.schedule, target }, { parent });
      else if ("upload" in trigger) {
        const source = sources.bucket(trigger.upload);
        if (source) new UploadTrigger(names.next(trigger.upload), { source, filter: trigger, target }, { parent });
      } else if ("topic" in trigger) {
        const source = sources.topic(trigger.topic);
        if (source)
          new TopicTrigger(
            names.next("topic"),
            {
              source,
              target,
              consumerGroup: descriptor.name,
              pollers: POLLERS,
              batchSize: batchSize(descriptor, MOST_RECORDS),
              ready: granted,
            },
            { parent },
          );
      } else {
        const source = sources.queue(trigger.queue);
        if (source?.kind === "sqs")
          new QueueTrigger(
            names.next("queue"),
            {
              source,
              target,
              maximumConcurrency: reservedConcurrency,
              batchSize: batchSize(descriptor, MOST_MESSAGES),
              ready: granted,
            },
            { parent },
          );
        else if (source)
          new BrokerTrigger(
            names.next("queue"),
            { source, target, batchSize: batchSize(descriptor, MOST_RECORDS), ready: granted },
            { parent },
          );
      }
    }
  }
}

/** Names of a service's triggers; the second of a kind gets a number, so that one trigger keeps its name when others come. */
class TriggerNames {
  private readonly counts = new Map<string, number>();

  constructor(private readonly service: string) {}

  next(kind: string): string {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    return count === 1 ? `${this.service}-${kind}` : `${this.service}-${kind}-${count}`;
  }
}

/** A path takes twice the peak its descriptor names: more is an attack or a mistake, and would use up what others need. */
export function peakThrottling(peak: number): Throttling {
  const rate = Math.max(1, Math.ceil(PEAK_HEADROOM * peak));
  return { rate, burst: rate };
}

function nameInArn(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
