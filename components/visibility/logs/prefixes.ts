/** Start of the keys of S3 access logs; the name of the bucket that they are about comes next. */
export const BUCKET_ACCESS_PREFIX = "s3-access/";

/** Start of the keys of each kind of thing in the bucket of an environment's logs. */
export const ARCHIVE_PREFIXES = {
  /** Log groups of CloudWatch, as Firehose brings them. */
  cloudwatch: "cloudwatch/",
  /** What Firehose could not handle. */
  undelivered: "undelivered/",
  /** Logs that were read from inside a service by its API. */
  polled: "polled/",
  /** Lines that the log store refused or nobody could read, with the reason. */
  deadLines: "dead-letters/lines/",
  /** Files that could not be read to their end, with the reason. */
  deadFiles: "dead-letters/files/",
  /** How far each log inside a service was read. */
  positions: "positions/",
} as const;
