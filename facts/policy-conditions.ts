import { type Fact } from "./row";

/**
 * Keys of a condition that keep a policy from being public though it names everyone, where they have fixed values. In lower case: IAM reads
 * them without regard to it.
 */
export const RESTRICTING_KEYS: ReadonlySet<string> = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalisawsservice",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalservicename",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "aws:vpcsourceip",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "sns:endpoint",
]);

/** A wider range of addresses than these is as good as all of them. */
export const WIDEST_RANGE = { ipv4: 8, ipv6: 32 } as const;

/** Where both are from: "The meaning of public", and the condition keys of AWS KMS and Amazon SNS. */
export const CONDITIONS_SOURCE = {
  source:
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status",
  date: "2026-11",
} as const satisfies Fact;
