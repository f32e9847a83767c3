import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";

/** SNS encrypts nothing unless it is given a key; the one of AWS (alias/aws/sns) is one, though no alarm may publish with it. */
export const topicIsEncrypted = resourceRule({
  id: "topic-is-encrypted",
  title: "Every topic is encrypted with a key of KMS",
  severity: "medium",
  why: "SNS keeps messages on disk until they are delivered, and what is in them is as secret as what they tell about.",
  fix: "Set kmsMasterKeyId to a key of KMS whose policy lets the publishing services use it.",
  links: ["https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html"],
  frameworks: [
    { name: "FSBP", id: "SNS.1" },
    { name: "Checkov", id: "CKV_AWS_26" },
  ],
  types: ["aws:sns/topic:Topic"],
  check: (topic) => [
    judge(topic, `${topic.name} is not encrypted`, unless(topic, "kmsMasterKeyId", { absent: "wrong", what: "kmsMasterKeyId is not set" })),
  ],
});
