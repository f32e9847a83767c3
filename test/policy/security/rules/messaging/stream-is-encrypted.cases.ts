import { streamIsEncrypted as rule } from "../../../../../policy/security/rules/messaging/stream-is-encrypted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const STREAM = "aws:kinesis/stream:Stream";

export const cases: RuleCases = {
  rule,
  pass: { "with KMS": given(STREAM, { encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" }) },
  fail: {
    "with none": { given: given(STREAM, { encryptionType: "NONE" }), says: /orders keeps records in the clear: encryptionType is not KMS/ },
  },
  absent: { "without a type, which is none": { given: given(STREAM), says: /is not KMS/ } },
  unknown: { "while the type is not known": given(STREAM, { encryptionType: UNKNOWN }) },
  mutations: {
    "a stream is added that keeps records in the clear": (stack) =>
      void stack.add(STREAM, "clicks", { shardCount: 1, retentionPeriod: 168, streamModeDetails: { streamMode: "PROVISIONED" } }),
  },
};
