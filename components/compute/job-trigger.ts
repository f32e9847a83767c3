import type * as pulumi from "@pulumi/pulumi";
import { type Fault } from "../faults";
import { type UploadSource } from "../persistence/bucket";
import { type Backlog } from "./task-scaling";
import { type UploadFilter, uploadPattern } from "./triggers/upload-pattern";

/** Starts a run at set times. */
export interface ScheduleTrigger {
  readonly kind: "schedule";
  /** `cron(…)` or `rate(…)` as EventBridge Scheduler spells it; UTC. */
  readonly expression: string;
}

/** Starts a run for each event. */
export interface EventTrigger {
  readonly kind: "event";
  /** Word that tells it from the job's other events. */
  readonly name: string;
  /** EventBridge event pattern, as JSON. */
  readonly pattern: pulumi.Input<string>;
  /** Environment variables of the run, each with the JSON path of its value in the event. */
  readonly variables: Readonly<Record<string, string>>;
  /** What must exist before there are such events. */
  readonly ready: readonly pulumi.Resource[];
}

/** Keeps as many tasks as a queue's messages ask for, and none without. */
export interface QueueTrigger {
  readonly kind: "queue";
  readonly backlog: Backlog;
}

export type JobTrigger = ScheduleTrigger | EventTrigger | QueueTrigger;

/** What is wrong with what starts a job. */
export function triggerFaults(key: string, triggers: readonly Pick<JobTrigger, "kind">[]): Fault[] {
  const queues = triggers.filter(({ kind }) => kind === "queue").length;
  if (triggers.length === 0) return [{ key, what: "is empty: nothing starts the job", right: "give a schedule, an upload or a queue" }];
  if (queues > 1) return [{ key, what: "names more than one queue", right: "give one queue a job; another queue is another job" }];
  if (queues === 1 && triggers.length > 1)
    return [{ key, what: "mixes a queue with runs that are started one by one", right: "give the queue alone, or a job for each" }];
  return [];
}

/** Starts a run for each new object of a bucket that sends its events to EventBridge; the run gets `UPLOAD_BUCKET` and `UPLOAD_KEY`. */
export function uploadTrigger(name: string, bucket: UploadSource, filter: UploadFilter): EventTrigger {
  return {
    kind: "event",
    name,
    pattern: bucket.id.apply((bucketName) => JSON.stringify(uploadPattern(bucketName, filter))),
    variables: { UPLOAD_BUCKET: "$.detail.bucket.name", UPLOAD_KEY: "$.detail.object.key" },
    ready: bucket.sendsEvents,
  };
}
