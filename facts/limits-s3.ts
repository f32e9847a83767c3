import { type Fact } from "./row";

const GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide";
const DATE = "2026-11";

/** Names of general purpose buckets. */
export const BUCKET_NAME = {
  least: 3,
  most: 63,
  /** Lower-case letters, digits, hyphens and single dots; a letter or digit first and last. */
  pattern: /^[a-z0-9](?:[a-z0-9-]|\.(?!\.))*[a-z0-9]$/,
  address: /^\d{1,3}(?:\.\d{1,3}){3}$/,
  prefixes: ["xn--", "sthree-", "amzn-s3-demo-"],
  suffixes: ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"],
  /** Characters that the provider puts behind a `bucketPrefix`. */
  generated: 26,
  source: `${GUIDE}/bucketnamingrules.html`,
  date: DATE,
} as const satisfies Fact & Record<string, unknown>;

/** Classes an object can move to, from warm to cold: never back. */
export const STORAGE_CLASSES = {
  order: ["STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"],
  source: `${GUIDE}/lifecycle-transition-general-considerations.html`,
  date: DATE,
} as const satisfies Fact & Record<string, unknown>;

/** Days an object stays where it is before it can move to a class of infrequent access, and in that class before it moves on. */
export const INFREQUENT_ACCESS = {
  classes: ["STANDARD_IA", "ONEZONE_IA"],
  days: 30,
  source: `${GUIDE}/lifecycle-transition-general-considerations.html`,
  date: DATE,
} as const satisfies Fact & Record<string, unknown>;
