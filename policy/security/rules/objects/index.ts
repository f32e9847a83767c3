import type { Rule } from "../../../lib/rule";
import { accessPointBlocksPublicAccess } from "./access-point-blocks-public-access";
import { bucketAbortsUploads } from "./bucket-aborts-uploads";
import { bucketBlocksPublicAccess } from "./bucket-blocks-public-access";
import { bucketDemandsTls } from "./bucket-demands-tls";
import { bucketHasLifecycle } from "./bucket-has-lifecycle";
import { bucketHasNoAcl } from "./bucket-has-no-acl";
import { bucketLogsAccess } from "./bucket-logs-access";
import { bucketPolicyIsNotPublic } from "./bucket-policy-is-not-public";
import { bucketPolicyKeepsControl } from "./bucket-policy-keeps-control";
import { bucketPolicyLocksNobodyOut } from "./bucket-policy-locks-nobody-out";

/** S3. */
export const objectRules: readonly Rule[] = [
  bucketBlocksPublicAccess,
  bucketPolicyIsNotPublic,
  bucketPolicyKeepsControl,
  bucketPolicyLocksNobodyOut,
  bucketHasNoAcl,
  bucketDemandsTls,
  bucketLogsAccess,
  bucketHasLifecycle,
  bucketAbortsUploads,
  accessPointBlocksPublicAccess,
];
