import { elements, read, type Reading, readPath, type StackResource } from "../resource";

export const NOTIFICATION = "aws:s3/bucketNotification:BucketNotification";

/** The three lists of a bucket notification, and what names the target in each. */
export const TARGET_LISTS = [
  { list: "lambdaFunctions", target: "lambdaFunctionArn" },
  { list: "queues", target: "queueArn" },
  { list: "topics", target: "topicArn" },
] as const;

/** One entry of a notification: what happens to which objects is sent to whom. */
export interface Sent {
  readonly list: string;
  readonly events: Reading;
  readonly prefix: Reading;
  readonly suffix: Reading;
}

/** The entries of a notification; undefined while one of its lists is not known. */
export function sentBy(notification: StackResource): readonly Sent[] | undefined {
  const entries = TARGET_LISTS.flatMap(({ list }) => elements(read(notification, list)).map((entry) => ({ list, entry })));
  if (entries.some(({ entry }) => entry.state === "unknown")) return undefined;
  return entries.flatMap(({ list, entry }) =>
    entry.state === "known"
      ? [
          {
            list,
            events: readPath(entry.value, "events"),
            prefix: readPath(entry.value, "filterPrefix"),
            suffix: readPath(entry.value, "filterSuffix"),
          },
        ]
      : [],
  );
}
