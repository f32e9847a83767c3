import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { read } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const PROPERTY = "encryptionType";

export const streamIsEncrypted = resourceRule({
  id: "stream-is-encrypted",
  title: "Every Kinesis stream is encrypted",
  severity: "medium",
  why: "Records stay in a stream for a day to a year, and without encryption every copy of them is in the clear.",
  fix: "Set encryptionType to KMS, with kmsKeyId.",
  links: ["https://docs.aws.amazon.com/streams/latest/dev/server-side-encryption.html"],
  frameworks: [
    { name: "FSBP", id: "Kinesis.1" },
    { name: "Checkov", id: "CKV_AWS_43" },
    { name: "AwsSolutions", id: "KDS1" },
  ],
  types: ["aws:kinesis/stream:Stream"],
  check: (stream) => [
    judge(
      stream,
      `${stream.name} keeps records in the clear`,
      unless(stream, PROPERTY, { accepts: (value) => value === "KMS", absent: "wrong", what: `${PROPERTY} is not KMS` }),
    ),
  ],
  remediate: (stream) => ({ [PROPERTY]: "KMS", ...(read(stream, "kmsKeyId").state === "absent" && { kmsKeyId: "alias/aws/kinesis" }) }),
});
