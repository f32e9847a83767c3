import { UNKNOWN } from "../../../../../policy/lib/resource";
import { streamCapacityFitsMode as rule } from "../../../../../policy/preflight/rules/messaging/stream-capacity-fits-mode";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const STREAM = "aws:kinesis/stream:Stream";
const stream = like(STREAM, { shardCount: 2 });
const onDemand = { streamModeDetails: { streamMode: "ON_DEMAND" } };

export const cases: RuleCases = {
  rule,
  pass: {
    "with shards": stream({ retentionPeriod: 24 }),
    "on demand": stream({ ...onDemand, shardCount: null }),
    "with a key": stream({ encryptionType: "KMS", kmsKeyId: UNKNOWN }),
  },
  fail: {
    "on demand with shards": { given: stream(onDemand), says: /it is on demand and shardCount is set/ },
    "kept for a year and a day": { given: stream({ retentionPeriod: 8784 }), says: /24 to 8760 hours/ },
    "kept for an hour": { given: stream({ retentionPeriod: "1" }), says: /retentionPeriod is 1/ },
    "in a mode that there is not": { given: stream({ streamModeDetails: { streamMode: "AUTO" } }), says: /streamMode is "AUTO"/ },
  },
  absent: {
    "without shards, which is provisioned": { given: stream({ shardCount: null }), says: /it is provisioned and shardCount is absent/ },
    "without a key": { given: stream({ encryptionType: "KMS" }), says: /kmsKeyId is absent/ },
  },
  unknown: {
    "while nobody knows whether it has shards on demand": stream({ ...onDemand, shardCount: UNKNOWN }),
    "while the mode is not known": stream({ streamModeDetails: { streamMode: UNKNOWN } }),
    "while the shards are not known": stream({ shardCount: UNKNOWN }),
    "while the encryption is not known": stream({ encryptionType: UNKNOWN }),
  },
  mutations: {
    "a data stream on demand has shards": (stack) =>
      stack.add(STREAM, "clicks", { ...onDemand, shardCount: 2, encryptionType: "KMS", kmsKeyId: "alias/clicks", retentionPeriod: 168 }),
  },
};
