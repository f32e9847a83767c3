import { UNKNOWN } from "../../../../../policy/lib/resource";
import { deliveryBufferIsInRange as rule } from "../../../../../policy/preflight/rules/messaging/delivery-buffer-is-in-range";
import { type RuleCases } from "../../../cases";
import type { Inputs } from "../../../stack";
import { like } from "../../given";

const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const s3 = (extendedS3Configuration: Inputs) => like(STREAM, { destination: "extended_s3", extendedS3Configuration })();
const partitions = { dynamicPartitioningConfiguration: { enabled: true } };

export const cases: RuleCases = {
  rule,
  pass: {
    "at the ends": s3({ bufferingInterval: 0, bufferingSize: "128" }),
    "with partitions of 64 MiB": s3({ ...partitions, bufferingSize: 64 }),
    "with a conversion that is off": s3({ dataFormatConversionConfiguration: { enabled: false }, bufferingSize: 5 }),
  },
  fail: {
    "for too long": { given: s3({ bufferingInterval: 1200 }), says: /bufferingInterval is 1200; it can be 0 to 900 seconds/ },
    "for too much": { given: s3({ bufferingSize: 256 }), says: /1 to 128 MiB/ },
    "for too long for Splunk": { given: like(STREAM, { splunkConfiguration: { bufferingInterval: 300 } })(), says: /0 to 60 seconds/ },
    "with partitions of 16 MiB": { given: s3({ ...partitions, bufferingSize: 16 }), says: /gathers 16 MiB, and 64 are needed/ },
  },
  absent: {
    "without a buffer": { given: s3({}), says: "pass" },
    "with a conversion and no size, which is 5": { given: s3({ dataFormatConversionConfiguration: {} }), says: /gathers 5 MiB/ },
  },
  unknown: {
    "while the size is not known": s3({ bufferingSize: UNKNOWN }),
    "while nobody knows whether it partitions": s3({ dynamicPartitioningConfiguration: { enabled: UNKNOWN }, bufferingSize: 5 }),
  },
  mutations: {
    "logs are gathered for half an hour": (stack) => stack.set(stack.one(STREAM), ["extendedS3Configuration", "bufferingInterval"], 1800),
    "logs are partitioned in small files": (stack) =>
      stack.set(stack.one(STREAM), ["extendedS3Configuration", "dynamicPartitioningConfiguration"], { enabled: true }),
  },
};
