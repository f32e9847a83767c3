import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { read, text } from "../../../lib/resource";
import { notEvaluated, resourceRule } from "../../../lib/rule";

const SPEC = "customerMasterKeySpec";

/** KMS rotates only symmetric keys whose material it made itself; it has nothing to say about others. */
export const keyRotates = resourceRule({
  id: "key-rotates",
  title: "Every symmetric key is rotated by KMS",
  severity: "medium",
  why: "The longer one key encrypts everything, the more is lost with it; KMS rotates it every year without a change to what uses it.",
  fix: "Set enableKeyRotation to true on the key.",
  links: ["https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html"],
  frameworks: [
    { name: "FSBP", id: "KMS.4" },
    { name: "Checkov", id: "CKV_AWS_7" },
    { name: "AwsSolutions", id: "KMS5" },
  ],
  types: ["aws:kms/key:Key"],
  check: (key) => {
    const spec = read(key, SPEC);
    if (spec.state === "unknown") return [notEvaluated(key.urn, `${SPEC} is not known yet`, SPEC)];
    if (spec.state === "known" && text(spec) !== "SYMMETRIC_DEFAULT") return [];
    if (read(key, "customKeyStoreId").state !== "absent") return [];
    return [
      judge(key, `${key.name} keeps its key material for ever`, unlessOn(key, "enableKeyRotation", false, "enableKeyRotation is off")),
    ];
  },
  remediate: () => ({ enableKeyRotation: true }),
});
