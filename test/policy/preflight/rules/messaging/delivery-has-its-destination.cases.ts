import { UNKNOWN } from "../../../../../policy/lib/resource";
import { deliveryHasItsDestination as rule } from "../../../../../policy/preflight/rules/messaging/delivery-has-its-destination";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const stream = like(STREAM, { destination: "extended_s3", extendedS3Configuration: {} });
const KEY = { enabled: true, keyType: "CUSTOMER_MANAGED_CMK" };

export const cases: RuleCases = {
  rule,
  pass: {
    "with its block": stream(),
    "encrypted by a key that is not known yet": stream({ serverSideEncryption: { ...KEY, keyArn: UNKNOWN } }),
    "from another stream, not encrypted": stream({ kinesisSourceConfiguration: {}, serverSideEncryption: { enabled: false } }),
  },
  fail: {
    "with the block of another": {
      given: stream({ destination: "splunk" }),
      says: /destination is splunk and splunkConfiguration is absent/,
    },
    "that there is not": { given: stream({ destination: "s3" }), says: /destination is "s3"/ },
    "encrypted and from another stream": {
      given: stream({ mskSourceConfiguration: {}, serverSideEncryption: KEY }),
      says: /is on and mskSourceConfiguration is set/,
    },
  },
  absent: {
    "without one": { given: stream({ destination: null }), says: /destination is absent/ },
    "encrypted without a key": { given: stream({ serverSideEncryption: KEY }), says: /CUSTOMER_MANAGED_CMK and keyArn is absent/ },
  },
  unknown: {
    "while the kind of its key is not known": stream({ serverSideEncryption: { enabled: true, keyType: UNKNOWN } }),
    "while nothing of its encryption is known": stream({ serverSideEncryption: UNKNOWN }),
    "while it is not known": stream({ destination: UNKNOWN }),
    "while nobody knows whether it is encrypted": stream({ kinesisSourceConfiguration: {}, serverSideEncryption: { enabled: UNKNOWN } }),
  },
  mutations: {
    "the destination is given its older name": (stack) => stack.set(stack.one(STREAM), "destination", "s3"),
  },
};
