import { deliveryStreamIsEncrypted as rule } from "../../../../../policy/security/rules/messaging/delivery-stream-is-encrypted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

export const cases: RuleCases = {
  rule,
  pass: { "with it on": given(STREAM, { serverSideEncryption: { enabled: true } }) },
  fail: {
    "with it off": { given: given(STREAM, { serverSideEncryption: { enabled: false } }), says: /orders holds records in the clear/ },
  },
  absent: {
    "without a word, which is off": { given: given(STREAM), says: /serverSideEncryption is off/ },
    "of one that reads from a stream": { given: given(STREAM, { kinesisSourceConfiguration: { roleArn: "a" } }), says: "nothing" },
    "of one that reads from Kafka": { given: given(STREAM, { mskSourceConfiguration: UNKNOWN }), says: "nothing" },
  },
  unknown: { "while it is not known": given(STREAM, { serverSideEncryption: UNKNOWN }) },
  mutations: {
    "the log stream holds records in the clear": (stack) => stack.set(stack.one(STREAM), ["serverSideEncryption", "enabled"], false),
  },
};
