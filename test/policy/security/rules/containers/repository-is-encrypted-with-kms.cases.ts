import { repositoryIsEncryptedWithKms as rule } from "../../../../../policy/security/rules/containers/repository-is-encrypted-with-kms";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { addRepository } from "./examples";

function repository(encryptionConfigurations: Input): Given {
  return (stack) => stack.add("aws:ecr/repository:Repository", "orders", { encryptionConfigurations });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a key of KMS": repository([{ encryptionType: "KMS", kmsKey: UNKNOWN }]),
    "when it is encrypted twice": repository([{ encryptionType: "KMS_DSSE" }]),
  },
  fail: { "with a key of S3": { given: repository([{ encryptionType: "AES256" }]), says: /repository orders is not encrypted .* AES256/ } },
  absent: {
    "which is a key of S3": { given: repository(null), says: /encryptionType is AES256/ },
    "of the type, which is a key of S3": { given: repository([{}]), says: /encryptionType is AES256/ },
  },
  unknown: {
    "while it is not known": repository(UNKNOWN),
    "while the type is not known": repository([{ encryptionType: UNKNOWN }]),
  },
  mutations: { "a repository is encrypted with a key of S3": (stack) => addRepository(stack, { encryptionConfigurations: [] }) },
};
