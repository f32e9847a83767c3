import type { Rule } from "../../../lib/rule";
import { controlPlaneIsLogged } from "./control-plane-is-logged";
import { kubernetesAccessIsByEntries } from "./kubernetes-access-is-by-entries";
import { kubernetesApiIsNotPublic } from "./kubernetes-api-is-not-public";
import { kubernetesSecretsAreEncrypted } from "./kubernetes-secrets-are-encrypted";
import { kubernetesServiceIsInternal } from "./kubernetes-service-is-internal";
import { kubernetesVersionIsSupported } from "./kubernetes-version-is-supported";
import { namespaceDeniesByDefault } from "./namespace-denies-by-default";
import { namespaceEnforcesPodSecurity } from "./namespace-enforces-pod-security";
import { nodeGroupHasNoOpenSsh } from "./node-group-has-no-open-ssh";
import { podBoundsItsResources } from "./pod-bounds-its-resources";
import { podCannotGainPrivileges } from "./pod-cannot-gain-privileges";
import { podDropsCapabilities } from "./pod-drops-capabilities";
import { podHasSeccompProfile } from "./pod-has-seccomp-profile";
import { podHoldsNoApiToken } from "./pod-holds-no-api-token";
import { podImageIsPinned } from "./pod-image-is-pinned";
import { podKeepsKernelSafeguards } from "./pod-keeps-kernel-safeguards";
import { podMountsNothingOfItsNode } from "./pod-mounts-nothing-of-its-node";
import { podOpensNoHostPort } from "./pod-opens-no-host-port";
import { podProbesOnlyItself } from "./pod-probes-only-itself";
import { podSharesNoHostNamespace } from "./pod-shares-no-host-namespace";
import { rbacNamesWhatItAllows } from "./rbac-names-what-it-allows";
import { workloadHasOwnNamespace } from "./workload-has-own-namespace";
import { workloadIsNotClusterAdmin } from "./workload-is-not-cluster-admin";

/** EKS, and what runs in its clusters: the Pod Security standard at `restricted`, and what it leaves out. */
export const kubernetesRules: readonly Rule[] = [
  kubernetesApiIsNotPublic,
  kubernetesVersionIsSupported,
  controlPlaneIsLogged,
  kubernetesSecretsAreEncrypted,
  kubernetesAccessIsByEntries,
  nodeGroupHasNoOpenSsh,
  podSharesNoHostNamespace,
  podMountsNothingOfItsNode,
  podOpensNoHostPort,
  podHasSeccompProfile,
  podDropsCapabilities,
  podCannotGainPrivileges,
  podKeepsKernelSafeguards,
  podProbesOnlyItself,
  namespaceEnforcesPodSecurity,
  namespaceDeniesByDefault,
  podHoldsNoApiToken,
  rbacNamesWhatItAllows,
  workloadIsNotClusterAdmin,
  podBoundsItsResources,
  podImageIsPinned,
  kubernetesServiceIsInternal,
  workloadHasOwnNamespace,
];
