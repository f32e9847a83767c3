import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { REPOSITORY } from "../../../lib/repositories";
import { elements, read, type Reading, readPath, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const BY_KMS: ReadonlySet<string | undefined> = new Set(["KMS", "KMS_DSSE"]);

/** Left out, images are encrypted with a key of S3 (AES256), whose use nobody sees. It can only be chosen when the repository is made. */
export const repositoryIsEncryptedWithKms = resourceRule({
  id: "repository-is-encrypted-with-kms",
  title: "Every image repository is encrypted with a key of KMS",
  severity: "low",
  why: "Images hold a company's code; with a key of KMS every reading of them is on record, and can be stopped by withdrawing the key.",
  fix: "Set encryptionConfigurations of the repository to one with encryptionType KMS, and kmsKey for a key of your own. Changing it replaces the repository.",
  links: ["https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_136" }],
  types: [REPOSITORY],
  check: (repository) => [judge(repository, `repository ${repository.name} is not encrypted with a key of KMS`, findings(repository))],
});

function findings(repository: Resource): Finding[] {
  const property = "encryptionConfigurations";
  const [encryption = { state: "absent" } satisfies Reading] = elements(read(repository, property));
  const type = encryption.state === "known" ? readPath(encryption.value, "encryptionType") : encryption;
  if (type.state === "unknown") return [notKnown(property)];
  return BY_KMS.has(text(type)) ? [] : [{ what: `its encryptionType is ${text(type) ?? "AES256"}`, property }];
}
