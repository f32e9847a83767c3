import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { z } from "zod";
import { onMessages } from "./on-messages";
import { lokiSink } from "./sinks/loki";
import { openSearchSink } from "./sinks/open-search";
import { type LogSink } from "./sinks/sink";

/** Variables of the function, as `LogShipper` sets them. */
const Variables = z.object({
  ENVIRONMENT: z.string(),
  QUEUE_URL: z.string(),
  DEAD_LETTER_BUCKET: z.string(),
  STORE_KIND: z.enum(["loki", "opensearch"]),
  STORE_URL: z.string(),
  STORE_OLDEST_HOURS: z.coerce.number(),
  STORE_SEARCH_DAYS: z.coerce.number(),
  STORE_READERS: z.string().transform((text) => text.split(",").filter(Boolean)),
  AWS_REGION: z.string(),
  // Lambda sets these for the function's role.
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
});

const variables = Variables.parse(process.env);

function sinkOf(): LogSink {
  const { STORE_KIND, STORE_URL: url, STORE_OLDEST_HOURS: oldestHours, STORE_SEARCH_DAYS: searchDays, STORE_READERS: readers } = variables;
  if (STORE_KIND === "loki") return lokiSink({ url, oldestHours, now: () => Date.now() });
  return openSearchSink({
    url,
    region: variables.AWS_REGION,
    searchDays,
    readers,
    credentials: {
      accessKeyId: variables.AWS_ACCESS_KEY_ID,
      secretAccessKey: variables.AWS_SECRET_ACCESS_KEY,
      ...(variables.AWS_SESSION_TOKEN !== undefined && { sessionToken: variables.AWS_SESSION_TOKEN }),
    },
  });
}

const messages = {
  s3: new S3Client({}),
  sqs: new SQSClient({}),
  queueUrl: variables.QUEUE_URL,
  sink: sinkOf(),
  environment: variables.ENVIRONMENT,
  deadLetterBucket: variables.DEAD_LETTER_BUCKET,
  report: (what: Readonly<Record<string, unknown>>) => {
    console.log(JSON.stringify(what));
  },
};

export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => onMessages(messages, event);
