import { kubernetesSecretsAreEncrypted as rule } from "../../../../../policy/security/rules/kubernetes/kubernetes-secrets-are-encrypted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Input } from "../../../stack";
import { CLUSTER, cluster } from "./clusters";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/main";
const encrypted = (keyArn: Input, resources: Input = ["secrets"]): Given =>
  cluster({ encryptionConfig: { provider: { keyArn }, resources } });
/** With a key of the stack. */
const ownKey: Given = (stack) => {
  const keyArn = arn(stack.add("aws:kms/key:Key", "main"));
  return stack.add(CLUSTER, "main", { encryptionConfig: { provider: { keyArn }, resources: ["secrets"] } });
};

export const cases: RuleCases = {
  rule,
  pass: {
    "with a key": encrypted(KEY),
    "with a key of the stack": ownKey,
    "with a key of the stack that is not made yet": { given: ownKey, known: false },
  },
  fail: {
    "with no key": { given: encrypted(null), says: /main does not encrypt Kubernetes secrets .*: encryptionConfig has no key/ },
    "with an empty list of resources": { given: encrypted(KEY, []), says: /encryptionConfig leaves secrets out/ },
  },
  absent: { "without encryptionConfig": { given: cluster({}), says: /it has no encryptionConfig/ } },
  unknown: {
    "while the key is not known, nor where it comes from": encrypted(UNKNOWN),
    "while what is encrypted is not known": encrypted(KEY, UNKNOWN),
    "while nothing of it is known": cluster({ encryptionConfig: UNKNOWN }),
  },
  mutations: {
    "secrets are encrypted with no key": (stack) => stack.set(stack.one(CLUSTER), "encryptionConfig", undefined),
  },
};
