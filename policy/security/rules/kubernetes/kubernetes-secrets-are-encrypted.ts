import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { unlessGiven } from "../../../lib/given";
import { EKS_CLUSTER } from "../../../lib/network/eks";
import { elements, read, some, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const RESOURCES = "encryptionConfig.resources";

/** EKS encrypts what its API keeps anyway, with a key of its own; asked for is a key that its owner can watch and take away. */
export const kubernetesSecretsAreEncrypted = stackRule({
  id: "kubernetes-secrets-are-encrypted",
  title: "Every cluster encrypts Kubernetes secrets with a customer key",
  severity: "medium",
  why: "Kubernetes keeps secrets as plain text; with a key of the account every use of them is in CloudTrail, and turning the key off shuts them all.",
  fix: "Set encryptionConfig with the ARN of a KMS key and resources [secrets]; it can be turned on later, and never off.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html"],
  frameworks: [
    { name: "FSBP", id: "EKS.3" },
    { name: "Checkov", id: "CKV_AWS_58" },
  ],
  check: (stack) =>
    stack
      .ofType(EKS_CLUSTER)
      .map((cluster) => judge(cluster, `${cluster.name} does not encrypt Kubernetes secrets with a key of its own`, findings(cluster))),
});

function findings(cluster: StackResource): Finding[] {
  if (read(cluster, "encryptionConfig").state === "absent") return [{ what: "it has no encryptionConfig", property: "encryptionConfig" }];
  const secrets = some(elements(read(cluster, RESOURCES)).map((one) => (one.state === "unknown" ? undefined : text(one) === "secrets")));
  return [
    ...unlessGiven(cluster, "encryptionConfig.provider.keyArn", "encryptionConfig has no key"),
    ...(secrets === undefined
      ? [notKnown(RESOURCES)]
      : secrets
        ? []
        : [{ what: "encryptionConfig leaves secrets out", property: RESOURCES }]),
  ];
}
