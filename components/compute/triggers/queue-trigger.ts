import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type QueueSource } from "../../persistence/queue";
import { bend, type Transform } from "../../transform";
import { type LambdaFunction } from "../lambda-function";

export interface QueueTriggerArgs {
  readonly source: QueueSource;
  readonly target: LambdaFunction;
  /** Most calls at once that take messages, 2 to 1,000; stay within the function's reserved concurrency. */
  readonly maximumConcurrency: number;
  /** Messages of one call, 1 to 10. */
  readonly batchSize: number;
  /** What must exist before messages are read: the role's grant on the queue. */
  readonly ready: readonly pulumi.Resource[];
  readonly transform?: { readonly mapping?: Transform<aws.lambda.EventSourceMappingArgs> };
}

/** Lambda developer guide, "Creating and configuring an Amazon SQS event source mapping" (2026-11). */
const VISIBILITY_PER_TIMEOUT = 6;
// The least that EventSourceMapping ScalingConfig takes (Lambda API reference, 2026-11).
const LEAST_CONCURRENCY = 2;

/** Seconds a queue must hide a message that functions with these timeouts consume, so that no second call gets it while the first is at it. */
export function queueVisibility(timeouts: readonly number[]): number {
  return VISIBILITY_PER_TIMEOUT * Math.max(1, ...timeouts);
}

/**
 * Starts a function for messages of a queue, several at a time. The function answers which of them failed; only those come back, and after
 * too many deliveries the queue puts them with its own dead letters.
 *
 * Cost: the receives of SQS, a call every few seconds while the queue is empty.
 */
export class QueueTrigger extends pulumi.ComponentResource {
  constructor(name: string, args: QueueTriggerArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:compute:QueueTrigger", name, {}, options);
    const { source, target, maximumConcurrency, batchSize, ready, transform } = args;
    const wanted = queueVisibility([target.timeout]);
    if (source.visibilitySeconds < wanted)
      throw new Error(`queue of ${name} hides a message for ${source.visibilitySeconds} s; ${target.name} wants at least ${wanted} s`);
    new aws.lambda.EventSourceMapping(
      ...bend<aws.lambda.EventSourceMappingArgs>(
        transform?.mapping,
        name,
        {
          eventSourceArn: source.arn,
          functionName: target.arn,
          batchSize,
          functionResponseTypes: ["ReportBatchItemFailures"],
          // Without it Lambda reads ahead, is throttled, and messages become dead letters that nobody ever looked at.
          scalingConfig: { maximumConcurrency: Math.max(LEAST_CONCURRENCY, maximumConcurrency) },
        },
        { parent: this, dependsOn: [...ready] },
      ),
    );
    this.registerOutputs();
  }
}
