import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";

const KEY = "aws:kms/key:Key";

export const keyIsEnabled = resourceRule({
  id: "key-is-enabled",
  title: "No key is disabled",
  severity: "high",
  why: "With its key disabled a store can't be read, and a database stops within minutes and may not start again.",
  fix: "Take out isEnabled or enabled, or remove the key together with what it encrypts.",
  links: ["https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_227" }],
  types: [KEY, "aws:kms/replicaKey:ReplicaKey", "aws:kms/externalKey:ExternalKey"],
  check: (key) => {
    const property = key.type === KEY ? "isEnabled" : "enabled";
    return [judge(key, `${key.name} is disabled`, unlessOn(key, property, true, `${property} is off`))];
  },
});
