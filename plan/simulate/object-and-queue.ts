import { arn } from "./identifiers";
import { named, sameAs, type Simulate, text } from "./shapes";

const queue: Simulate = (inputs, place) => {
  const name = named(inputs, place);
  const url = `https://sqs.${place.region}.amazonaws.com/${place.accountId}/${name}`;
  return { id: url, outputs: { name, url, arn: arn(place, "sqs", name) } };
};

const ofQueue: Simulate = (inputs, place) => ({ id: text(inputs["queueUrl"], place.name), outputs: {} });

/** Queues of SQS and what S3 keeps beside a bucket, by type token. */
export const OBJECT_AND_QUEUE_RESOURCES: Readonly<Record<string, Simulate>> = {
  "aws:s3/bucketLogging:BucketLogging": sameAs("bucket"),
  "aws:s3/bucketObjectv2:BucketObjectv2": (inputs, place) => {
    const key = text(inputs["key"], place.name);
    return {
      id: `${text(inputs["bucket"], "bucket")}/${key}`,
      outputs: { arn: `arn:aws:s3:::${text(inputs["bucket"], "bucket")}/${key}` },
    };
  },
  "aws:s3/bucketNotification:BucketNotification": sameAs("bucket"),
  "aws:s3/bucketVersioning:BucketVersioning": sameAs("bucket"),
  "aws:sqs/queue:Queue": queue,
  "aws:sqs/queuePolicy:QueuePolicy": ofQueue,
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": ofQueue,
};
