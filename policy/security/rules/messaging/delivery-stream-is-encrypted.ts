import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { read } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const SOURCES = ["kinesisSourceConfiguration", "mskSourceConfiguration"];

/** One that reads from a stream or from Kafka is encrypted as that is, and Firehose refuses the setting. */
export const deliveryStreamIsEncrypted = resourceRule({
  id: "delivery-stream-is-encrypted",
  title: "Every delivery stream is encrypted while it waits to deliver",
  severity: "medium",
  why: "Firehose holds records up to 15 minutes, and a day while the destination is away; without encryption they lie in the clear so long.",
  fix: "Set serverSideEncryption.enabled to true.",
  links: ["https://docs.aws.amazon.com/firehose/latest/dev/encryption.html"],
  frameworks: [
    { name: "FSBP", id: "DataFirehose.1" },
    { name: "Checkov", id: "CKV_AWS_240" },
    { name: "AwsSolutions", id: "KDF1" },
  ],
  types: ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"],
  check: (stream) =>
    SOURCES.some((source) => read(stream, source).state !== "absent")
      ? []
      : [
          judge(
            stream,
            `${stream.name} holds records in the clear`,
            unlessOn(stream, "serverSideEncryption.enabled", false, "serverSideEncryption is off"),
          ),
        ],
});
